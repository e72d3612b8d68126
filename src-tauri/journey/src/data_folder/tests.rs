use std::collections::BTreeMap;

use uuid::Uuid;

use super::*;

fn open(path: &Path) -> Result<DataFolder, Problem> {
    DataFolder::open(path, "mailgrant data folder test")
}

#[test]
fn a_second_window_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path()).unwrap();
    assert_eq!(open(folder.path()).unwrap_err().code, Code::InstanceSecond);
    drop(first);
    assert!(open(folder.path()).is_ok());
}

#[test]
fn a_folder_that_cannot_be_made_is_a_problem() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    assert_eq!(open(&file.join("below")).unwrap_err().code, Code::FileNotWritten);
}

/// Every file below a folder with what is in it, and every folder.
fn all(place: &Path, into: &mut BTreeMap<PathBuf, Option<Vec<u8>>>) {
    for entry in entries(place) {
        let path = entry.path();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            all(&path, into);
            into.insert(path, None);
        } else if kind.is_file() {
            into.insert(path.clone(), Some(std::fs::read(path).unwrap()));
        } else {
            into.insert(path, None);
        }
    }
}

/// Files of our names that aren't ours are left as they are, whether they are links, pipes or texts.
#[cfg(target_os = "linux")]
#[test]
fn what_has_one_of_our_names_and_is_not_ours_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let target = elsewhere.path().join("letter.txt");
    std::fs::write(&target, "Dear Sir").unwrap();
    let here = |name: &str| folder.path().join(name);
    let whole = || std::fs::read_to_string(&target).unwrap();
    for name in [NAME, PRESENTING] {
        std::os::unix::fs::symlink(&target, here(name)).unwrap();
    }
    let open_folder = open(folder.path()).unwrap();
    open_folder.note_presenting(true);
    assert!(!open_folder.presenting());
    open_folder.note_presenting(false);
    assert_eq!(open_folder.give_name().unwrap_err().code, Code::FileNotWritten);
    assert_eq!(whole(), "Dear Sir");
    assert!(here(PRESENTING).is_symlink() && here(NAME).is_symlink());
    for name in [NAME, PRESENTING] {
        std::fs::remove_file(here(name)).unwrap();
        std::fs::write(here(name), "a list of somebody's, longer than any id of a folder").unwrap();
    }
    open_folder.note_presenting(true);
    open_folder.note_presenting(false);
    open_folder.give_name().unwrap_err();
    for name in [NAME, PRESENTING] {
        assert!(std::fs::read_to_string(here(name)).unwrap().starts_with("a list"));
        std::fs::remove_file(here(name)).unwrap();
    }
    // And what is ours does what it is for.
    open_folder.note_presenting(true);
    assert!(open_folder.presenting());
    open_folder.note_presenting(false);
    assert!(!here(PRESENTING).exists());
    let name = open_folder.give_name().unwrap();
    assert_eq!(open_folder.name(), Some(name));
    drop(open_folder);
    // A link in place of the lock is not followed, and its target keeps its mode.
    std::fs::remove_file(here(LOCK)).unwrap();
    std::os::unix::fs::symlink(&target, here(LOCK)).unwrap();
    assert_eq!(open(folder.path()).unwrap_err().code, Code::FileNotWritten);
    std::fs::remove_file(here(LOCK)).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        here(LOCK),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    )
    .unwrap();
    assert_eq!(open(folder.path()).unwrap_err().code, Code::FileNotWritten);
}

/// Pointed at somebody's documents, a start leaves every one of them, whatever its folders are called.
#[test]
fn a_folder_full_of_other_peoples_documents_is_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    };
    let ids: Vec<String> = (0..8).map(|n| Uuid::from_u128(n + 1).to_string()).collect();
    std::fs::write(at("letter.txt"), "Dear Sir").unwrap();
    std::fs::write(at(&format!("{}/photo.jpg", ids[0])), [7; 4096]).unwrap();
    std::fs::write(at(&format!("{}/deep/er/thesis.odt", ids[1])), "chapter 1").unwrap();
    std::fs::write(at(&format!("{}/journal", ids[2])), "").unwrap();
    std::fs::write(at(&format!("{}/journal", ids[3])), "no line feed").unwrap();
    std::fs::write(at(&format!("{}/journal", ids[3].to_uppercase())), "dear diary\n").unwrap();
    std::fs::create_dir_all(at(&format!("{}/x", ids[4])).parent().unwrap()).unwrap();
    std::fs::write(at(&format!("{}/journal.new", ids[5])), "").unwrap();
    std::fs::write(at(&format!("{}/and a document", ids[5])), "mine").unwrap();
    std::fs::create_dir_all(at(&format!("{}/journal.new/x", ids[6])).parent().unwrap()).unwrap();
    std::fs::write(at("removed/letters/old.txt"), "older").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(at("letter.txt"), at(&format!("{}/journal.new", ids[7]))).unwrap();
    let mut before = BTreeMap::new();
    all(folder.path(), &mut before);
    let data = open(folder.path()).unwrap();
    // An emptied journal is reported, not removed.
    let told: Vec<ConnectionId> = data
        .list()
        .into_iter()
        .filter(|listed| listed.state.is_err())
        .map(|listed| listed.id)
        .collect();
    assert!(told.contains(&ids[2].parse().unwrap()), "{told:?}");
    assert!(data.removed().is_empty());
    drop(data);
    let mut after = BTreeMap::new();
    all(folder.path(), &mut after);
    after.remove(&folder.path().join(LOCK));
    assert_eq!(before, after);
}

#[test]
fn a_connection_that_was_begun_only_is_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let begun = folder.path().join(Uuid::from_u128(1).to_string());
    std::fs::create_dir(&begun).unwrap();
    std::fs::write(begun.join(BEGUN), "h01 {\"at").unwrap();
    open(folder.path()).unwrap();
    assert!(!begun.exists());
}

/// Off the list and back again, byte for byte.
#[test]
fn what_is_taken_off_the_list_can_be_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let id: ConnectionId = Uuid::from_u128(1).to_string().parse().unwrap();
    let own = folder.path().join(id.to_string());
    std::fs::create_dir(&own).unwrap();
    std::fs::write(own.join(JOURNAL), "anything\n").unwrap();
    let data = open(folder.path()).unwrap();
    let ids = |listed: Vec<Listed>| listed.into_iter().map(|one| one.id).collect::<Vec<_>>();
    data.take_off(id).unwrap();
    assert_eq!((ids(data.list()), ids(data.removed())), (vec![], vec![id]));
    data.put_back(id).unwrap();
    assert_eq!((ids(data.list()), ids(data.removed())), (vec![id], vec![]));
    assert_eq!(std::fs::read(own.join(JOURNAL)).unwrap(), b"anything\n");
}

#[test]
#[cfg(unix)]
fn what_is_ours_is_closed_to_others_also_where_it_was_open() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    std::fs::create_dir(&path).unwrap();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    std::fs::write(path.join(LOCK), "").unwrap();
    std::fs::set_permissions(path.join(LOCK), PermissionsExt::from_mode(0o644)).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    drop(open(&path).unwrap());
    assert_eq!((mode(&path), mode(&path.join(LOCK))), (0o700, 0o600));
    // With something of somebody's in it, the folder is theirs.
    std::fs::write(path.join("letter.txt"), "Dear Sir").unwrap();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    drop(open(&path).unwrap());
    assert_eq!(mode(&path), 0o755);
}

#[test]
fn the_chosen_language_is_remembered_until_it_follows_the_computer_again() {
    let folder = tempfile::tempdir().unwrap();
    let open_folder = open(folder.path()).unwrap();
    assert_eq!(open_folder.language(), None);
    for tag in ["de", "en-XA"] {
        open_folder.note_language(Some(tag));
        assert_eq!(open_folder.language().as_deref(), Some(tag));
    }
    open_folder.note_language(None);
    assert_eq!(open_folder.language(), None);
    assert!(!folder.path().join(LANGUAGE).exists());
}

#[test]
fn what_is_called_language_and_is_not_ours_stays() {
    let folder = tempfile::tempdir().unwrap();
    let open_folder = open(folder.path()).unwrap();
    let note = folder.path().join(LANGUAGE);
    let letter = "A letter of somebody's about the languages that they speak";
    std::fs::write(&note, letter).unwrap();
    open_folder.note_language(Some("de"));
    open_folder.note_language(None);
    assert_eq!(open_folder.language(), None);
    assert_eq!(std::fs::read_to_string(&note).unwrap(), letter);
}
