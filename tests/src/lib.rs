//! What the journey tests share.

pub mod accessibility;
pub mod adopting;
pub mod bare;
pub mod bench;
pub mod by_hand;
pub mod checking;
pub mod colleague;
pub mod curl;
pub mod cut;
pub mod driver;
pub mod eventually;
pub mod fake_browser;
pub mod faults;
pub mod headless;
pub mod leak;
pub mod lives;
pub mod look_alikes;
pub mod many;
pub mod memory;
pub mod msal;
pub mod onboard;
pub mod organisation;
pub mod other_platform;
pub mod platform;
pub mod powershell;
pub mod practice_clock;
pub mod reader;
pub mod renew;
pub mod repository;
pub mod second_admin;
pub mod stillness;
pub mod surveyed;
pub mod tour;
pub mod window;

/// What a step of a test gives back; the reason of a failure is a sentence for whoever reads the test's output.
pub type Outcome<T = ()> = Result<T, String>;
