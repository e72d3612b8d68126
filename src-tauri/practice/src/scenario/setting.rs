//! What somebody asks to go wrong, before the start or while it runs: a file with switches and troubles, one that is
//! shipped under a name, or a short form for the command line.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::scenario::Scenario;
use crate::scenario::trouble::{AT_MOST, Answer, Trouble};

/// The shipped files, by name.
const SHIPPED: [(&str, &str); 32] = [
    (
        "captive-portal",
        include_str!("../../scenarios/captive-portal.toml"),
    ),
    ("china", include_str!("../../scenarios/china.toml")),
    ("clock-skew", include_str!("../../scenarios/clock-skew.toml")),
    (
        "conditional-access",
        include_str!("../../scenarios/conditional-access.toml"),
    ),
    (
        "consent-declined",
        include_str!("../../scenarios/consent-declined.toml"),
    ),
    ("consent-lag", include_str!("../../scenarios/consent-lag.toml")),
    ("dehydrated", include_str!("../../scenarios/dehydrated.toml")),
    (
        "device-code-blocked",
        include_str!("../../scenarios/device-code-blocked.toml"),
    ),
    ("dod", include_str!("../../scenarios/dod.toml")),
    ("flaky", include_str!("../../scenarios/flaky.toml")),
    ("flip-flop", include_str!("../../scenarios/flip-flop.toml")),
    ("gcc-high", include_str!("../../scenarios/gcc-high.toml")),
    ("limits", include_str!("../../scenarios/limits.toml")),
    ("mail-drops", include_str!("../../scenarios/mail-drops.toml")),
    ("multi-factor", include_str!("../../scenarios/multi-factor.toml")),
    ("no-premium", include_str!("../../scenarios/no-premium.toml")),
    (
        "no-user-consent",
        include_str!("../../scenarios/no-user-consent.toml"),
    ),
    ("pim-inactive", include_str!("../../scenarios/pim-inactive.toml")),
    (
        "repeated-pages",
        include_str!("../../scenarios/repeated-pages.toml"),
    ),
    (
        "replication-lag",
        include_str!("../../scenarios/replication-lag.toml"),
    ),
    (
        "revoked-tokens",
        include_str!("../../scenarios/revoked-tokens.toml"),
    ),
    (
        "roles-missing",
        include_str!("../../scenarios/roles-missing.toml"),
    ),
    (
        "secrets-forbidden",
        include_str!("../../scenarios/secrets-forbidden.toml"),
    ),
    ("settled", include_str!("../../scenarios/settled.toml")),
    (
        "short-secrets",
        include_str!("../../scenarios/short-secrets.toml"),
    ),
    ("slow", include_str!("../../scenarios/slow.toml")),
    ("slow-secret", include_str!("../../scenarios/slow-secret.toml")),
    (
        "smtp-auth-off",
        include_str!("../../scenarios/smtp-auth-off.toml"),
    ),
    (
        "smtp-delegates-refused",
        include_str!("../../scenarios/smtp-delegates-refused.toml"),
    ),
    ("throttled", include_str!("../../scenarios/throttled.toml")),
    ("truncated", include_str!("../../scenarios/truncated.toml")),
    (
        "wrong-answers",
        include_str!("../../scenarios/wrong-answers.toml"),
    ),
];

/// Why a setting was refused.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// The file could not be read.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The file is not a setting.
    #[error("{path}: {reason}")]
    Content {
        /// The file, or the name of the shipped one.
        path: PathBuf,
        /// What is wrong with it, and on which line.
        reason: String,
    },
    /// Neither a file nor a shipped name.
    #[error("there is no scenario file and no shipped scenario {0:?}; the shipped ones are {names}", names = Setting::names().collect::<Vec<_>>().join(", "))]
    Unknown(String),
    /// The short form of a trouble cannot be read.
    #[error("trouble {text:?}: {reason}")]
    Trouble {
        /// What was given.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Switches and troubles together, as a file holds them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Setting {
    /// The switches.
    pub scenario: Scenario,
    /// What goes wrong.
    pub trouble: Vec<Trouble>,
}

impl Setting {
    /// The names of the shipped settings, in alphabetical order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHIPPED.into_iter().map(|(name, _)| name)
    }

    /// Name, and what it does in one sentence, of every shipped setting.
    pub fn shipped() -> impl Iterator<Item = (&'static str, String)> {
        SHIPPED.into_iter().map(|(name, text)| {
            let comment = text
                .lines()
                .map_while(|line| line.strip_prefix('#'))
                .map(str::trim);
            let told = comment.collect::<Vec<_>>().join(" ");
            let sentence = told
                .split_inclusive(". ")
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned();
            (name, sentence)
        })
    }

    /// A shipped setting.
    ///
    /// # Errors
    /// When none has that name.
    pub fn named(name: &str) -> Result<Self, SettingError> {
        let (_, text) = SHIPPED
            .iter()
            .find(|(shipped, _)| *shipped == name)
            .ok_or_else(|| SettingError::Unknown(name.to_owned()))?;
        let (setting, _) = parse(text, false).map_err(|reason| SettingError::Content {
            path: PathBuf::from(name),
            reason,
        })?;
        Ok(setting)
    }

    /// Reads settings by file or shipped name, the later over the earlier: a switch that a later one sets wins, and
    /// troubles add up.
    ///
    /// # Errors
    /// When one is missing or is no setting.
    pub fn read<'a>(sources: impl IntoIterator<Item = &'a str>) -> Result<Self, SettingError> {
        let mut switches = Map::new();
        let mut trouble: Vec<Trouble> = Vec::new();
        for source in sources {
            let path = Path::new(source);
            let (text, json) = match SHIPPED.iter().find(|(name, _)| *name == source) {
                Some((_, text)) if !path.exists() => ((*text).to_owned(), false),
                Some(_) | None if path.exists() => {
                    let text = std::fs::read_to_string(path).map_err(|error| SettingError::File {
                        path: path.to_owned(),
                        error,
                    })?;
                    let json = path
                        .extension()
                        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
                    (text, json)
                }
                _ => return Err(SettingError::Unknown(source.to_owned())),
            };
            let (setting, given) = parse(&text, json).map_err(|reason| SettingError::Content {
                path: path.to_owned(),
                reason,
            })?;
            switches.extend(given);
            trouble.extend(setting.trouble);
        }
        let scenario =
            serde_json::from_value(Value::Object(switches)).map_err(|error| SettingError::Content {
                path: PathBuf::new(),
                reason: error.to_string(),
            })?;
        let setting = Self { scenario, trouble };
        setting.check().map_err(|reason| SettingError::Content {
            path: PathBuf::from("all troubles together"),
            reason,
        })?;
        Ok(setting)
    }

    fn check(&self) -> Result<(), String> {
        if self.trouble.len() > AT_MOST {
            return Err(format!("there are more than {AT_MOST} troubles"));
        }
        self.trouble.iter().try_for_each(Trouble::check)
    }
}

/// The setting that a text holds, and the switches that it names.
fn parse(text: &str, json: bool) -> Result<(Setting, Map<String, Value>), String> {
    let (setting, value) = if json {
        let setting: Setting = serde_json::from_str(text).map_err(|error| error.to_string())?;
        (setting, serde_json::from_str(text).unwrap_or_default())
    } else {
        // The error of this parser names line and column and shows the line.
        let setting: Setting =
            toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        let value: Value = toml::from_str(text).map_err(|error| error.to_string())?;
        (setting, value)
    };
    setting.check()?;
    // A list would be taken for the members in their order, which nobody means.
    let Value::Object(mut members) = value else {
        return Err("it is not a table with \"scenario\" and \"trouble\"".into());
    };
    let given = match members.remove("scenario") {
        None => Map::new(),
        Some(Value::Object(switches)) => switches,
        Some(_) => return Err("\"scenario\" is not a table of switches".into()),
    };
    Ok((setting, given))
}

impl Trouble {
    /// Whether it can strike at all, and nobody has to wait for ever.
    pub(crate) fn check(&self) -> Result<(), String> {
        const PATTERN_AT_MOST: usize = 512;
        const WAIT_AT_MOST: u64 = 600_000;
        if self.on.is_empty() || self.on.len() > PATTERN_AT_MOST {
            return Err(format!("\"on\" must have 1 to {PATTERN_AT_MOST} characters"));
        }
        if self
            .spares
            .as_ref()
            .is_some_and(|spares| spares.len() > PATTERN_AT_MOST)
        {
            return Err(format!("\"spares\" has more than {PATTERN_AT_MOST} characters"));
        }
        let answer = &self.answer;
        if let Some(status) = answer.status
            && !(200..=599).contains(&status)
        {
            return Err(format!("{status} is no status of an answer"));
        }
        for wait in [answer.slow_milliseconds, answer.drip_milliseconds]
            .into_iter()
            .flatten()
        {
            if wait > WAIT_AT_MOST {
                return Err(format!("{wait} milliseconds are more than ten minutes"));
            }
        }
        Ok(())
    }

    /// Troubles from one argument of the command line: JSON (one, or a list), or words: method, path, and what
    /// happens, such as `POST /v1.0/applications* 429 retry-after=2 times=3`.
    ///
    /// # Errors
    /// When it is neither.
    pub fn from_argument(text: &str) -> Result<Vec<Self>, SettingError> {
        let refused = |reason: String| SettingError::Trouble {
            text: text.to_owned(),
            reason,
        };
        let troubles = match text.trim_start().chars().next() {
            Some('{') => serde_json::from_str(text)
                .map(|one| vec![one])
                .map_err(|error| refused(error.to_string()))?,
            Some('[') => serde_json::from_str(text).map_err(|error| refused(error.to_string()))?,
            _ => vec![Self::from_words(text).map_err(refused)?],
        };
        for trouble in &troubles {
            trouble.check().map_err(refused)?;
        }
        Ok(troubles)
    }

    fn from_words(text: &str) -> Result<Self, String> {
        let mut words = text.split_whitespace();
        let (Some(method), Some(path)) = (words.next(), words.next()) else {
            return Err("it needs a method, a path and what happens".into());
        };
        let mut trouble = Self {
            on: format!("{method} {path}"),
            ..Self::default()
        };
        for word in words {
            trouble.add(word)?;
        }
        if trouble.answer == Answer::default() {
            return Err("it does not say what happens: a status, or drop, slow=MS, truncate, wrong=…".into());
        }
        Ok(trouble)
    }

    fn add(&mut self, word: &str) -> Result<(), String> {
        fn number<T: std::str::FromStr>(word: &str, value: &str) -> Result<T, String> {
            value
                .parse()
                .map_err(|_| format!("{word:?} needs a number that fits"))
        }
        let answer = &mut self.answer;
        match word.split_once('=') {
            None => match word {
                "drop" => answer.drop = true,
                "truncate" => answer.truncate = true,
                "captive-portal" => answer.captive_portal = true,
                "claims-challenge" => answer.claims_challenge = true,
                "takes-effect" => answer.takes_effect = true,
                "always" => self.times = 0,
                _ => {
                    let known = word.bytes().all(|byte| byte.is_ascii_digit());
                    if !known {
                        return Err(format!("{word:?} is not understood"));
                    }
                    answer.status = Some(number(word, word)?);
                }
            },
            Some((name, value)) => match name {
                "retry-after" => answer.retry_after = Some(number(word, value)?),
                "code" => answer.code = Some(value.to_owned()),
                "aadsts" => answer.aadsts = Some(number(word, value)?),
                "slow" => answer.slow_milliseconds = Some(number(word, value)?),
                "drip" => answer.drip_milliseconds = Some(number(word, value)?),
                "cut-after" => answer.cut_after = Some(number(word, value)?),
                "times" => self.times = number(word, value)?,
                "skip" => self.skip = number(word, value)?,
                "every" => self.every = number(word, value)?,
                "spares" => self.spares = Some(value.to_owned()),
                "wrong" => {
                    answer.wrong =
                        Some(serde_json::from_value(Value::from(value)).map_err(|error| error.to_string())?);
                }
                _ => return Err(format!("{word:?} is not understood")),
            },
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Throttling;
    use crate::scenario::trouble::Wrong;

    #[test]
    fn every_shipped_setting_is_sound_and_says_what_it_does() {
        for (name, sentence) in Setting::shipped() {
            assert!(
                sentence.ends_with('.') && sentence.len() > 20,
                "{name}: {sentence:?}"
            );
            let setting = Setting::read([name]).expect(name);
            assert_ne!(setting, Setting::default(), "{name} changes nothing");
        }
        assert!(Setting::names().is_sorted());
    }

    #[test]
    fn no_file_is_forgotten() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder")
            .map(|file| {
                file.expect("a file")
                    .path()
                    .file_stem()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        files.sort();
        assert_eq!(files, Setting::names().collect::<Vec<_>>());
    }

    #[test]
    fn a_later_setting_adds_to_an_earlier_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.json");
        std::fs::write(
            &file,
            r#"{"scenario":{"secret_days_at_most":180},"trouble":[{"on":"*","answer":{"drop":true}}]}"#,
        )
        .expect("written");
        let name = file.to_str().expect("text");
        let both = Setting::read(["secrets-forbidden", "limits", name]).expect("a setting");
        assert!(both.scenario.secrets_forbidden);
        assert_eq!(both.scenario.throttling, Throttling::Documented);
        assert_eq!(both.scenario.secret_days_at_most, Some(180));
        assert_eq!(both.trouble.len(), 1);
    }

    #[test]
    fn a_bad_file_is_refused_with_line_and_reason() {
        let folder = tempfile::tempdir().expect("a folder");
        let told = |name: &str, text: &str| {
            let file = folder.path().join(name);
            std::fs::write(&file, text).expect("written");
            Setting::read([file.to_str().expect("text")])
                .expect_err("refused")
                .to_string()
        };
        let misspelt = told("a.toml", "# mine\n[scenario]\nsecrets_forbiden = true\n");
        assert!(
            misspelt.contains("a.toml") && misspelt.contains("line 3"),
            "{misspelt}"
        );
        assert!(misspelt.contains("secrets_forbiden"), "{misspelt}");
        let json = told("b.json", "{\n\"scenaro\": {}}");
        assert!(json.contains("line 2") && json.contains("scenaro"), "{json}");
        assert!(told("d.json", "[]").contains("not a table"));
        assert!(told("e.json", r#"{"scenario":[]}"#).contains("not a table"));
        let status = told("c.toml", "[[trouble]]\non = \"*\"\nanswer = { status = 99 }\n");
        assert!(status.contains("99 is no status"), "{status}");
        let unknown = Setting::read(["throtled"]).expect_err("refused").to_string();
        assert!(unknown.contains("throttled"), "{unknown}");
    }

    #[test]
    fn a_trouble_can_be_written_in_words_or_in_json() {
        let words =
            Trouble::from_argument("POST /v1.0/applications* 429 retry-after=2 times=3").expect("a trouble");
        let json = Trouble::from_argument(
            r#"{"on":"POST /v1.0/applications*","times":3,"answer":{"status":429,"retry_after":2}}"#,
        );
        assert_eq!(words, json.expect("a trouble"));
        let wrong = Trouble::from_argument("* * wrong=html-as-json always every=2").expect("a trouble");
        assert_eq!(wrong[0].answer.wrong, Some(Wrong::HtmlAsJson));
        assert_eq!((wrong[0].times, wrong[0].every), (0, 2));
        for bad in [
            "",
            "GET",
            "GET /x",
            "GET /x times=2",
            "GET /x 99",
            "GET /x 70000",
            "GET /x sometimes",
            "GET /x wrong=odd",
            "GET /x slow=abc",
            "GET /x slow=99999999",
            "{",
            "[{}]",
        ] {
            assert!(Trouble::from_argument(bad).is_err(), "{bad:?}");
        }
    }
}
