//! Pages of lists, as the original words them.

use crate::limits::MOST_ITEMS;
use axum::http::StatusCode;
use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::{Map, Value, json};

use super::Reply;

/// Which page, and how long one is.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(crate) struct Paging {
    #[serde(default, deserialize_with = "number")]
    page: Option<usize>,
    #[serde(default, deserialize_with = "number")]
    limit: Option<usize>,
}

/// In a flattened query numbers arrive as text.
pub(crate) fn number<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr,
{
    let text = Option::<String>::deserialize(deserializer)?;
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let wrong = |_| D::Error::custom(format!("`{}` is no number", text.escape_default()));
    text.parse().map(Some).map_err(wrong)
}

/// One page of `items`, under `name` and under `data`. `usual` items when the client names no
/// number.
pub(crate) fn page<T>(
    name: &str,
    items: &[T],
    (paging, usual): (Paging, usize),
    shown: impl Fn(&T) -> Value,
) -> Reply {
    let limit = paging.limit.unwrap_or(usual).clamp(1, MOST_ITEMS);
    let page = paging.page.unwrap_or(1).max(1);
    let first = page.saturating_sub(1).saturating_mul(limit);
    let shown: Vec<Value> = items.iter().skip(first).take(limit).map(shown).collect();
    let total_pages = items.len().div_ceil(limit);
    let pagination = json!({
        "page": page, "limit": limit, "total": items.len(), "totalPages": total_pages,
        "hasNext": page < total_pages, "hasPrev": 1 < page,
    });
    let mut body = Map::new();
    body.insert("success".to_owned(), true.into());
    body.insert("count".to_owned(), shown.len().into());
    body.insert(name.to_owned(), shown.clone().into());
    body.insert("data".to_owned(), shown.into());
    body.insert("pagination".to_owned(), pagination);
    Reply::body(StatusCode::OK, Value::Object(body))
}
