//! The word of `stations`.

use serde::Deserialize;

/// At which stations people sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum StationsWord {
    /// `any`
    Any,
    /// `paired`
    Paired,
}

impl StationsWord {
    /// The word.
    pub fn text(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Paired => "paired",
        }
    }
}

impl std::str::FromStr for StationsWord {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "any" => Ok(Self::Any),
            "paired" => Ok(Self::Paired),
            _ => Err("any or paired".to_owned()),
        }
    }
}

impl TryFrom<String> for StationsWord {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}
