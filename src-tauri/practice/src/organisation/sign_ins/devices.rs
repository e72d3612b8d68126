//! The devices that show a code and wait for a person (microsoft-facts §1.2).

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use super::request::RequestedScopes;
use crate::clock::after;
use crate::organisation::ids::{opaque, random};

/// How long a person has to type the code, in seconds.
pub(crate) const LIFE_SECONDS: u64 = 900;
/// Older codes are dropped beyond this, so that nobody can fill the memory.
const AT_MOST: usize = 1_000;
/// What user codes are made of: no letter or digit that looks like another.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// How far a device has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Progress {
    Pending,
    Approved { person_id: String },
    Declined,
    Redeemed,
}

/// A device that waits for a person.
#[derive(Debug)]
pub(crate) struct Device {
    user_code: String,
    pub(crate) client_id: String,
    pub(crate) scopes: RequestedScopes,
    issued: Timestamp,
    pub(crate) progress: Progress,
}

impl Device {
    /// Whether the person took too long.
    pub(crate) fn expired(&self, now: Timestamp) -> bool {
        now >= after(self.issued, Duration::from_secs(LIFE_SECONDS))
    }
}

/// The devices that wait, by device code.
#[derive(Debug, Default)]
pub(crate) struct DeviceCodes {
    pub(crate) devices: HashMap<String, Device>,
}

impl DeviceCodes {
    /// Makes the codes of a device that begins to wait: the one to type, and the one to ask with.
    pub(crate) fn add(
        &mut self,
        client_id: &str,
        scopes: RequestedScopes,
        now: Timestamp,
    ) -> Option<(String, String)> {
        // A code that ran out is kept for a while, so that the device is told that it did.
        let kept = Duration::from_secs(4 * LIFE_SECONDS);
        self.devices.retain(|_, device| now < after(device.issued, kept));
        if self.devices.len() >= AT_MOST {
            self.devices.clear();
        }
        let user_code: String = random::<9>()?
            .iter()
            .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
            .collect();
        let device_code = opaque()?;
        let device = Device {
            user_code: user_code.clone(),
            client_id: client_id.to_owned(),
            scopes,
            issued: now,
            progress: Progress::Pending,
        };
        self.devices.insert(device_code.clone(), device);
        Some((user_code, device_code))
    }

    /// The device code of a waiting device, by what the person typed; case, blanks and dashes do not matter.
    pub(crate) fn waiting(&self, typed: &str, now: Timestamp) -> Option<String> {
        let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
        self.devices
            .iter()
            .find(|(_, device)| {
                device.user_code.eq_ignore_ascii_case(&typed)
                    && device.progress == Progress::Pending
                    && !device.expired(now)
            })
            .map(|(code, _)| code.clone())
    }

    /// The device of this device code.
    pub(crate) fn get(&self, device_code: &str) -> Option<&Device> {
        self.devices.get(device_code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::sign_ins::api::Api;

    fn scopes() -> RequestedScopes {
        RequestedScopes {
            api: Api::Known(&crate::published::permissions::GRAPH),
            values: Vec::new(),
            openid: Vec::new(),
            default: true,
            in_full: true,
        }
    }

    #[test]
    fn a_typed_code_is_read_kindly_and_only_in_time() {
        let now: Timestamp = "2026-11-22T08:00:00Z".parse().expect("a time");
        let mut codes = DeviceCodes::default();
        let (user_code, device_code) = codes.add("a", scopes(), now).expect("codes");
        assert_eq!(user_code.len(), 9);
        let (head, tail) = user_code.split_at(4);
        let typed = format!(" {head}-{tail}").to_lowercase();
        assert_eq!(codes.waiting(&typed, now), Some(device_code));
        assert_eq!(codes.waiting("", now), None);
        let late = after(now, Duration::from_secs(LIFE_SECONDS));
        assert_eq!(codes.waiting(&user_code, late), None);
    }

    #[test]
    fn the_number_of_waiting_devices_is_bounded() {
        let now: Timestamp = "2026-11-22T08:00:00Z".parse().expect("a time");
        let mut codes = DeviceCodes::default();
        for _ in 0..AT_MOST + 10 {
            codes.add("a", scopes(), now).expect("codes");
        }
        assert!(codes.devices.len() <= AT_MOST);
    }
}
