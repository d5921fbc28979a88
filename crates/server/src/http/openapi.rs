//! The description of this interface, as `OpenAPI` 3.1, made from one table and the schemas beside it.

mod table;

use std::sync::OnceLock;

use axum::{Json, Router, routing::get};
use serde_json::{Map, Value, json};

use crate::App;
pub(crate) use table::{ROUTES, Route};

/// The schemas of bodies and answers.
const SCHEMAS: &str = include_str!("openapi/schemas.json");

pub(super) fn routes() -> Router<App> {
    Router::new().route("/openapi.json", get(served))
}

async fn served() -> Json<&'static Value> {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    Json(DOCUMENT.get_or_init(document))
}

/// The whole document.
pub(crate) fn document() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in ROUTES {
        let path = paths.entry(route.address()).or_insert(json!({}));
        for method in route.methods.split(' ') {
            if let Some(methods) = path.as_object_mut() {
                methods.insert(method.to_lowercase(), operation(route, method));
            }
        }
    }
    let schemas: Value = serde_json::from_str(SCHEMAS).unwrap_or_default();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "ELMS companion server",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Records are amended, not deleted: DELETE is 405. Changes take an \
                `Idempotency-Key`; sent again with the same one they have no further effect.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer" } },
        },
        "security": [{ "bearer": [] }],
    })
}

fn operation(route: &Route, method: &str) -> Value {
    let name = route
        .path
        .trim_matches('/')
        .replace(['/', '{', '}', '.'], " ");
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut operation = json!({
        "operationId": format!("{}-{}", method.to_lowercase(), words.join("-")),
        "tags": [words.first()],
        "summary": route.summary,
        "parameters": parameters(route),
        "responses": responses(route),
    });
    if let Some(fields) = operation.as_object_mut() {
        if !route.body.is_empty() {
            let body =
                json!({ "content": { "application/json": { "schema": named(route.body) } } });
            fields.insert("requestBody".to_owned(), body);
        }
        if route.is_public() {
            fields.insert("security".to_owned(), json!([]));
        }
    }
    operation
}

/// The names in the path; pages of lists have two more.
fn parameters(route: &Route) -> Value {
    let named = |name: &str, place: &str| {
        json!({
            "name": name, "in": place, "required": place == "path",
            "schema": { "type": "string" },
        })
    };
    let parts = route.path.split('/');
    let in_path = parts.filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut parameters: Vec<Value> = in_path.map(|name| named(name, "path")).collect();
    let in_query: &[&str] = match route.answer.split(' ').next() {
        Some("page") => &["page", "limit"],
        Some("file") => &["format"],
        _ if route.path == "/sync/events" => &["after", "limit"],
        _ => &[],
    };
    parameters.extend(in_query.iter().map(|name| named(name, "query")));
    Value::Array(parameters)
}

fn responses(route: &Route) -> Value {
    let status = if route.answer.starts_with("made") {
        "201"
    } else {
        "200"
    };
    let content = if route.answer == "file" {
        json!({ "text/csv": {}, "application/jsonl": {}, "text/calendar": {} })
    } else {
        json!({ "application/json": { "schema": answer(route.answer) } })
    };
    let refusal = json!({ "application/json": { "schema": named("Error") } });
    json!({
        status: { "description": "Done", "content": content },
        "default": { "description": "A refusal", "content": refusal },
    })
}

/// The schema of an answer by its words in the table.
pub(crate) fn answer(words: &str) -> Value {
    let words: Vec<&str> = words.split(' ').collect();
    let enveloped = |name: &str, schema: Value| {
        let mut properties =
            json!({ "success": { "const": true }, "message": { "type": "string" } });
        if let Some(fields) = properties.as_object_mut() {
            fields.insert(name.to_owned(), schema);
        }
        json!({ "type": "object", "properties": properties, "required": ["success", name] })
    };
    match words.as_slice() {
        ["bare", name] => named(name),
        ["data" | "made", name] => enveloped("data", named(name)),
        ["rows", name] => {
            let rows = enveloped("data", list(name));
            json!({ "allOf": [rows, { "required": ["count"] }] })
        }
        ["page", list_name, name] => {
            let (rows, same) = (
                enveloped("data", list(name)),
                enveloped(list_name, list(name)),
            );
            let page = enveloped("pagination", named("Pagination"));
            json!({ "allOf": [rows, same, page] })
        }
        _ => json!({ "type": "object" }),
    }
}

fn list(name: &str) -> Value {
    json!({ "type": "array", "items": named(name) })
}

/// A schema by its name, or a list of it: `[Incident]`.
fn named(name: &str) -> Value {
    match name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'))
    {
        Some(name) => list(name),
        None => json!({ "$ref": format!("#/components/schemas/{name}") }),
    }
}
