//! A second start of the program shows the window of the first.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use tauri::Wry;
use tauri::plugin::TauriPlugin;

use crate::options::Options;
use crate::window;

/// The watch for other starts; none where this system can't tell wizards in different folders apart.
pub fn watch(options: &Options, identifier: &str) -> Option<TauriPlugin<Wry>> {
    let builder = tauri_plugin_single_instance::Builder::new()
        .callback(|app, _arguments, _folder| window::bring_to_front(app));
    match &options.data {
        None => Some(builder.build()),
        // On Linux the name on the session bus is ours to choose, so each data folder has one of its own. Elsewhere
        // the lock in the folder is what keeps two wizards apart.
        Some(folder) if cfg!(target_os = "linux") => {
            let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.clone());
            Some(builder.dbus_id(bus_name(identifier, &folder)).build())
        }
        Some(_) => None,
    }
}

/// A name for the session bus. Its parts may not begin with a digit.
fn bus_name(identifier: &str, folder: &std::path::Path) -> String {
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    format!("{identifier}.data{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::bus_name;

    #[test]
    fn each_folder_has_its_own_name() {
        let name = |folder| bus_name("com.mailgrant.wizard", Path::new(folder));
        assert_eq!(name("/a"), name("/a"));
        assert_ne!(name("/a"), name("/b"));
        assert!(name("/a").starts_with("com.mailgrant.wizard.data"));
    }
}
