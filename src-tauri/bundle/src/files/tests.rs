use std::sync::{Arc, Mutex};

use super::*;

fn files() -> Files {
    Files {
        stem: "mailgrant-shipfix-northwind".into(),
        sealed: Some(b"sealed".to_vec()),
        record_html: "page".into(),
        record_json: "json".into(),
        reminder_ics: "calendar".into(),
    }
}

fn listed(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn all_four_are_written_and_named_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let names = files().write(folder.path(), &Trace::default()).unwrap();
    let stem = "mailgrant-shipfix-northwind";
    assert_eq!(
        names,
        ["age", "html", "json", "ics"].map(|end| format!("{stem}.{end}"))
    );
    let read = |at: usize| fs::read(folder.path().join(&names[at])).unwrap();
    assert_eq!(
        [read(0), read(1), read(2), read(3)],
        [&b"sealed"[..], b"page", b"json", b"calendar"]
    );
    assert_eq!(listed(folder.path()).len(), 4, "nothing else is left behind");
}

#[cfg(unix)]
#[test]
fn only_their_owner_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let names = files().write(folder.path(), &Trace::default()).unwrap();
    for name in &names {
        let mode = fs::metadata(folder.path().join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn nothing_is_ever_written_over_and_all_four_share_a_number() {
    let folder = tempfile::tempdir().unwrap();
    let stem = files().stem;
    fs::write(folder.path().join(format!("{stem}.html")), "mine").unwrap();
    fs::write(folder.path().join(format!("{stem}-2.ics")), "mine too").unwrap();
    let names = files().write(folder.path(), &Trace::default()).unwrap();
    assert_eq!(
        names,
        ["age", "html", "json", "ics"].map(|end| format!("{stem}-3.{end}"))
    );
    let names = files().write(folder.path(), &Trace::default()).unwrap();
    assert_eq!(names[0], format!("{stem}-4.age"));
    assert_eq!(
        fs::read(folder.path().join(format!("{stem}.html"))).unwrap(),
        b"mine"
    );
    assert_eq!(
        fs::read(folder.path().join(format!("{stem}-2.ics"))).unwrap(),
        b"mine too"
    );
    assert_eq!(listed(folder.path()).len(), 10);
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_takes_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("mailgrant-shipfix-northwind.age");
    std::os::unix::fs::symlink(folder.path().join("elsewhere"), &link).unwrap();
    let names = files().write(folder.path(), &Trace::default()).unwrap();
    assert_eq!(names[0], "mailgrant-shipfix-northwind-2.age");
    assert!(!folder.path().join("elsewhere").exists());
}

#[test]
fn a_missing_folder_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("a/b c/ü");
    assert_eq!(files().write(&inner, &Trace::default()).unwrap().len(), 4);
    assert_eq!(listed(&inner).len(), 4);
}

#[test]
fn a_file_in_place_of_the_folder_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    for place in [file.clone(), file.join("inner")] {
        let error = files().write(&place, &Trace::default()).unwrap_err();
        assert_eq!(error.place, place);
        assert!(error.to_string().contains("could not be written"));
    }
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

#[test]
fn an_error_half_way_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("a/b");
    // Somebody puts a file where the sealed one is about to go, after the names were found free.
    let thief = inner.join("mailgrant-shipfix-northwind.age");
    let place = thief.clone();
    let trace = Trace::to(move |point| {
        if point == Point::Written("mailgrant-shipfix-northwind.ics".into()) {
            fs::write(&place, "mine").unwrap();
        }
    });
    let error = files().write(&inner, &trace).unwrap_err();
    assert_eq!(error.place, thief);
    assert_eq!(error.source.kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(listed(&inner), ["mailgrant-shipfix-northwind.age"]);
    assert_eq!(fs::read(&thief).unwrap(), b"mine");
}

#[test]
fn every_durable_write_is_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&seen);
    let trace = Trace::to(move |point| told.lock().unwrap().push(point));
    let inner = folder.path().join("new");
    files().write(&inner, &trace).unwrap();
    let stem = files().stem;
    let folder = inner.display().to_string();
    let mut expected = vec![Point::Writing(folder.clone()), Point::Written(folder)];
    for end in ["html", "json", "ics", "age"] {
        expected.push(Point::Writing(format!("{stem}.{end}")));
        expected.push(Point::Written(format!("{stem}.{end}")));
    }
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_nothing_behind() {
    use std::process::Command;

    /// Lets go of the small file system however the test ends.
    struct Mounted<'a>(&'a Path);
    impl Drop for Mounted<'_> {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg(self.0).status();
        }
    }

    let folder = tempfile::tempdir().unwrap();
    let mut mount = Command::new("mount");
    mount
        .args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"])
        .arg(folder.path());
    if !mount.output().is_ok_and(|output| output.status.success()) {
        println!("skipped: a small file system can't be mounted here");
        return;
    }
    let _mounted = Mounted(folder.path());
    let mut big = files();
    big.sealed = Some(vec![7; 128 * 1024]);
    let inner = folder.path().join("inner");
    let error = big.write(&inner, &Trace::default()).unwrap_err();
    assert_eq!(error.source.kind(), io::ErrorKind::StorageFull);
    assert_eq!(error.place, inner.join("mailgrant-shipfix-northwind.age"));
    assert!(listed(folder.path()).is_empty(), "{:?}", listed(folder.path()));
    assert_eq!(files().write(&inner, &Trace::default()).unwrap().len(), 4);
}

#[test]
fn stems_are_safe_everywhere() {
    assert_eq!(
        Files::stem("Sinch Contact Pro", "Northwind Traders"),
        "mailgrant-sinch-contact-pro-northwind-traders"
    );
    assert_eq!(
        Files::stem("CON", "..\\..\\a/b:c*?\"<>|\0\n"),
        "mailgrant-con-a-b-c"
    );
    assert_eq!(Files::stem("", "  . "), "mailgrant");
    assert_eq!(
        Files::stem("X", "Łódź Ümläut 株式会社"),
        "mailgrant-x-łódź-ümläut-株式会社"
    );
    assert_eq!(Files::stem("X", "\u{202e}gpj.exe"), "mailgrant-x-gpj-exe");
    for organisation in [
        "a".repeat(500),
        "株".repeat(500),
        "a ".repeat(500),
        "ß🦀".repeat(100),
    ] {
        let stem = Files::stem("Platform", &organisation);
        assert!(
            stem.chars().count() <= 95 && stem.len() <= 200 && !stem.ends_with('-'),
            "{stem}"
        );
    }
}
