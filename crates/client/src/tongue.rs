//! The languages that desktop messages, the tray and papers speak: the window's own message files.
//!
//! The files of `ui/src/i18n` are the one place for words. What a language lacks is said in English.

use std::{path::Path, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use serde::{Deserialize, Serialize};

type Bundle = FluentBundle<FluentResource>;

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tongue {
    /// English, which has every word.
    #[default]
    En,
    /// French.
    Fr,
    /// Arabic.
    Ar,
}

macro_rules! messages {
    ($language:literal, $($part:literal),+) => {
        [$(include_str!(concat!("../../../ui/src/i18n/", $language, "/", $part, ".ftl"))),+]
    };
}

static ENGLISH: LazyLock<Bundle> =
    LazyLock::new(|| bundle("en", messages!("en", "native", "paper", "words")));
static FRENCH: LazyLock<Bundle> =
    LazyLock::new(|| bundle("fr", messages!("fr", "native", "paper", "words")));
static ARABIC: LazyLock<Bundle> =
    LazyLock::new(|| bundle("ar", messages!("ar", "native", "paper", "words")));

fn bundle<const N: usize>(language: &str, files: [&str; N]) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(language.parse().into_iter().collect());
    bundle.set_use_isolating(false);
    for file in files {
        // A message that cannot be read is missing, and English speaks; a test reads them all.
        let resource = match FluentResource::try_new(file.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

impl Tongue {
    /// The language kept in `folder` by [`Self::keep`]; English when none is.
    pub fn kept(folder: &Path) -> Self {
        let text = std::fs::read(folder.join(FILE)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Keeps the language for the next start.
    ///
    /// # Errors
    ///
    /// When the disk does not take it.
    pub fn keep(self, folder: &Path) -> std::io::Result<()> {
        std::fs::write(folder.join(FILE), serde_json::to_vec(&self)?)
    }

    /// The words of a message.
    pub fn say(self, id: &str) -> String {
        self.say_with(id, [])
    }

    /// The words of a message with `args` where the language wants them; numbers choose the plural.
    pub fn say_with<const N: usize>(
        self,
        id: &str,
        args: [(&'static str, FluentValue<'_>); N],
    ) -> String {
        let args: FluentArgs<'_> = args.into_iter().collect();
        let own = match self {
            Self::En => &ENGLISH,
            Self::Fr => &FRENCH,
            Self::Ar => &ARABIC,
        };
        [own, &ENGLISH]
            .into_iter()
            .find_map(|bundle| words(bundle, id, &args))
            .unwrap_or_else(|| id.to_owned())
    }
}

/// Where the language is kept.
const FILE: &str = "tongue.json";

fn words(bundle: &Bundle, id: &str, args: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    let mut errors = Vec::new();
    let words = bundle.format_pattern(pattern, Some(args), &mut errors);
    Some(words.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_says_its_own_words() {
        assert_eq!(Tongue::Fr.say("native-quit"), "Quitter");
        assert_eq!(Tongue::Ar.say("native-quit"), "إنهاء");
        assert_eq!(
            Tongue::Ar.say_with("native-critical", [("n", 2.into())]),
            "2 حرجة لم تُستلم"
        );
        assert_eq!(Tongue::Ar.say("paper-hall"), "سجل حوادث القاعة");
        assert_eq!(Tongue::En.say("no-such-message"), "no-such-message");
    }

    #[test]
    fn a_number_chooses_the_plural_of_its_language() {
        let decide = |tongue: Tongue, n: i64| tongue.say_with("native-decide", [("n", n.into())]);
        assert_eq!(decide(Tongue::En, 1), "1 needs your decision");
        assert_eq!(decide(Tongue::En, 0), "0 need your decision");
        assert_eq!(decide(Tongue::Fr, 0), "0 attend votre décision");
        assert_eq!(decide(Tongue::Fr, 2), "2 attendent votre décision");
    }

    #[test]
    fn the_chosen_language_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Tongue::kept(folder.path()), Tongue::En);
        Tongue::Fr.keep(folder.path()).unwrap();
        assert_eq!(Tongue::kept(folder.path()), Tongue::Fr);
    }

    #[test]
    fn every_message_file_can_be_read() {
        let files = [
            messages!("en", "native", "paper", "words"),
            messages!("fr", "native", "paper", "words"),
            messages!("ar", "native", "paper", "words"),
        ];
        for text in files.concat() {
            assert!(FluentResource::try_new(text.to_owned()).is_ok());
        }
    }
}
