//! A passphrase on its way from the page to the program.
//!
//! The page is drawn by processes of the web view, and what it sends passes through the web view's part of this process,
//! whose memory isn't ours to wipe. So the page seals a passphrase to a key that lives as long as the window, and only
//! sealed text passes there (decision 0023).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::secret::Secret;
use hpke::aead::AesGcm128;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable as _, Kem as _, OpModeR, Serializable as _, single_shot_open};
use rpc::request::Submit;

type Kem = DhP256HkdfSha256;

/// What both sides say the sealed text is for.
const PURPOSE: &[u8] = b"mailgrant passphrase";

/// How long the sender's share is, which stands before the sealed text (RFC 9180 §7.1).
const SHARE: usize = 65;

/// The key of one window: HPKE, RFC 9180, with P-256, which every web view can do.
pub struct WindowKey {
    private: <Kem as hpke::Kem>::PrivateKey,
    public: String,
}

impl WindowKey {
    /// Makes a key.
    ///
    /// # Errors
    /// When the operating system gives no random numbers.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        let (private, public) = Kem::derive_keypair(&seed);
        Ok(Self {
            private,
            public: STANDARD.encode(public.to_bytes()),
        })
    }

    /// Tells the page which key to seal to, before anything of the page runs.
    pub fn script(&self) -> String {
        format!(
            "Object.defineProperty(window, 'sealTo', {{ value: '{}' }});",
            self.public
        )
    }

    /// Opens what the page sealed. Text that isn't sealed to this key becomes empty, and an empty passphrase is refused
    /// on its page.
    pub fn open(&self, mut submit: Submit) -> Submit {
        if let Submit::Export {
            passphrase,
            passphrase_again,
            ..
        } = &mut submit
        {
            *passphrase = self.open_text(passphrase);
            *passphrase_again = self.open_text(passphrase_again);
        }
        submit
    }

    fn open_text(&self, sealed: &Secret) -> Secret {
        // EXPOSE: it is sealed, and what is inside becomes a secret again.
        let opened = STANDARD.decode(sealed.expose()).ok().and_then(|bytes| {
            let (share, text) = bytes.split_at_checked(SHARE)?;
            let share = <Kem as hpke::Kem>::EncappedKey::from_bytes(share).ok()?;
            let text = single_shot_open::<AesGcm128, HkdfSha256, Kem>(
                &OpModeR::Base,
                &self.private,
                &share,
                PURPOSE,
                text,
                &[],
            );
            String::from_utf8(text.ok()?).ok()
        });
        Secret::new(opened.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sealed with the page's own code and library (`ui/src/platform/sealed.ts`), to the key of a seed of
    /// thirty-two sevens.
    const SEALED: &str = "BJ1yC9KKx3XBfgjK9zhr/PcyiTLkSIBGQvwfraMQviu4uSZ/M2i9eKhZjiBdqMGRCOCSTTLp4V3BVywrYyOBXsvPU3BH5AQTNA8JRgNj4HB/9tqWGHrU9Xglv1RXdSBGXRca/cUFL8+PwM1KNFM=";

    fn key() -> WindowKey {
        let (private, public) = Kem::derive_keypair(&[7; 32]);
        WindowKey {
            private,
            public: STANDARD.encode(public.to_bytes()),
        }
    }

    fn opened(sealed: &str) -> String {
        // EXPOSE: the passphrase of a test.
        key()
            .open_text(&Secret::new(sealed.to_owned()))
            .expose()
            .to_owned()
    }

    #[test]
    fn what_the_page_seals_is_opened() {
        assert_eq!(opened(SEALED), "Grüße an alle sechs Wörter");
    }

    #[test]
    fn what_is_not_sealed_to_this_window_is_nothing() {
        let mut other = STANDARD.decode(SEALED).unwrap();
        other.last_mut().map(|byte| *byte ^= 1).unwrap();
        for text in [
            "",
            "a passphrase in the clear",
            SEALED.get(4..).unwrap(),
            &STANDARD.encode(other),
        ] {
            assert_eq!(opened(text), "", "{text}");
        }
    }

    #[test]
    fn no_two_windows_have_the_same_key() {
        let keys = [WindowKey::new().unwrap(), WindowKey::new().unwrap()];
        assert_ne!(keys[0].public, keys[1].public);
        assert!(keys[0].script().contains(&keys[0].public));
    }
}
