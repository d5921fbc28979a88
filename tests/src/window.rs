//! The console's real window, driven through the engine's own driver as a person drives it.
//!
//! The dozen questions asked here are spelled out over the HTTP client that the tests have anyway:
//! the smallest driver library would bring nineteen more packages for them.

mod consoles;
pub mod keys;

use std::{
    env,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};
use base64::Engine as _;
use serde_json::{Value, json};
use tokio::process::{Child, Command};

use self::consoles::{consoles_of, free_port, kill};
use crate::{desk::Desk, process::binary, until};

/// How long the window may take to show what it was asked for.
pub const PATIENCE: Duration = Duration::from_mins(1);
/// How long a console may take to end after its window was closed.
const ENDING: Duration = Duration::from_secs(20);
/// The name under which the protocol hands elements over.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A console with its window open.
#[derive(Debug)]
pub struct Window {
    session: String,
    http: reqwest::Client,
    /// The variable by which the console is told from others.
    known_by: (&'static str, PathBuf),
    _driver: Child,
}

impl Window {
    /// Starts the console of the station that lives in `data` on `desk`, offering `server`.
    ///
    /// # Errors
    ///
    /// When the driver or the console does not start, or there is no display:
    /// `cargo xtask test` gives it one.
    pub async fn open(desk: &Desk, data: &Path, server: &str) -> Result<Self> {
        Self::open_as(desk, data, server, "EO-1").await
    }

    /// The same for a station that is called `code`.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub async fn open_as(desk: &Desk, data: &Path, server: &str, code: &str) -> Result<Self> {
        Self::open_over(desk, ("ELMS_CONSOLE_DATA", data), Some((server, code))).await
    }

    /// The same at its first start: nobody has said what it is called or which server it works with.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub async fn open_new(desk: &Desk, data: &Path) -> Result<Self> {
        Self::open_over(desk, ("ELMS_CONSOLE_DATA", data), None).await
    }

    /// The same in the folder that the desktop gives every program: there is one such console, and a
    /// second start goes into it.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub async fn open_alone(desk: &Desk, server: &str) -> Result<Self> {
        Self::open_over(
            desk,
            ("XDG_DATA_HOME", &desk.share()),
            Some((server, "EO-1")),
        )
        .await
    }

    async fn open_over(
        desk: &Desk,
        (name, folder): (&'static str, &Path),
        station: Option<(&str, &str)>,
    ) -> Result<Self> {
        let shown = env::var_os("DISPLAY").is_some();
        ensure!(shown, "no display for the window; run `cargo xtask test`");
        let port = free_port()?;
        let mut command = Command::new("WebKitWebDriver");
        command
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env_remove("ELMS_CONSOLE_STATION")
            .env_remove("ELMS_SERVER_URL")
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("ELMS_CONSOLE_HOST")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        desk.seat(&mut command);
        command.env(name, folder);
        if let Some((server, code)) = station {
            command.env("ELMS_CONSOLE_STATION", code);
            command.env("ELMS_SERVER_URL", server);
        }
        let driver = command.spawn().context("no WebKitWebDriver")?;
        let http = reqwest::Client::builder()
            .no_proxy()
            .timeout(PATIENCE)
            .build()?;
        let mut window = Self {
            session: format!("http://127.0.0.1:{port}"),
            http,
            known_by: (name, folder.to_owned()),
            _driver: driver,
        };
        window.begin(&binary("elms-console")?).await?;
        Ok(window)
    }

    async fn begin(&mut self, console: &Path) -> Result<()> {
        until("the driver answers", PATIENCE, async || {
            self.ask("GET", "/status", None).await.is_ok()
        })
        .await?;
        let wanted = json!({ "webkitgtk:browserOptions": { "binary": console, "args": [] } });
        let asked = json!({ "capabilities": { "alwaysMatch": wanted } });
        let begun = self.ask("POST", "/session", Some(asked)).await?;
        let id = begun.get("sessionId").and_then(Value::as_str);
        let id = id.context("no session")?;
        self.session = format!("{}/session/{id}", self.session);
        Ok(())
    }

    async fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value> {
        let url = format!("{}{path}", self.session);
        let mut asked = self.http.request(method.parse()?, url);
        if let Some(body) = body {
            asked = asked.json(&body);
        }
        let mut answer: Value = asked.send().await?.json().await?;
        let value = answer.get_mut("value").map(Value::take);
        let value = value.context("not a driver's answer")?;
        if let Some(error) = value.get("error") {
            bail!("{error}: {}", value.get("message").unwrap_or(&Value::Null));
        }
        Ok(value)
    }

    /// What a script in the window returns.
    ///
    /// # Errors
    ///
    /// When the script fails or the window is gone.
    pub async fn run(&self, script: &str, args: Value) -> Result<Value> {
        let asked = json!({ "script": script, "args": args });
        self.ask("POST", "/execute/sync", Some(asked)).await
    }

    /// The words that the first element of `selector` shows; none without such an element.
    ///
    /// # Errors
    ///
    /// As [`Self::run`].
    pub async fn words(&self, selector: &str) -> Result<Option<String>> {
        let script = "return document.querySelector(arguments[0])?.innerText ?? null";
        let found = self.run(script, json!([selector])).await?;
        Ok(found.as_str().map(str::to_owned))
    }

    /// How many elements there are of `selector`.
    ///
    /// # Errors
    ///
    /// As [`Self::run`].
    pub async fn count(&self, selector: &str) -> Result<i64> {
        let script = "return document.querySelectorAll(arguments[0]).length";
        let found = self.run(script, json!([selector])).await?;
        found.as_i64().context("not a number")
    }

    /// Waits until `selector` is there.
    ///
    /// # Errors
    ///
    /// When it is not within a minute; says what the window shows instead.
    pub async fn see(&self, selector: &str) -> Result<()> {
        self.wait(selector, async || Ok(0 < self.count(selector).await?))
            .await
    }

    /// Waits until `selector` is gone.
    ///
    /// # Errors
    ///
    /// As [`Self::see`].
    pub async fn miss(&self, selector: &str) -> Result<()> {
        let what = format!("no more {selector}");
        self.wait(&what, async || Ok(0 == self.count(selector).await?))
            .await
    }

    /// Waits until there are `n` of `selector`.
    ///
    /// # Errors
    ///
    /// As [`Self::see`].
    pub async fn until_count(&self, selector: &str, n: i64) -> Result<()> {
        let what = format!("{n} of {selector}");
        self.wait(&what, async || Ok(n == self.count(selector).await?))
            .await
    }

    /// Waits until the window says `sentence`.
    ///
    /// # Errors
    ///
    /// As [`Self::see`].
    pub async fn read(&self, sentence: &str) -> Result<()> {
        self.wait(sentence, async || {
            let words = self.words("body").await?.unwrap_or_default();
            Ok(words.contains(sentence))
        })
        .await
    }

    async fn wait(&self, what: &str, mut fact: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
        let came = until(what, PATIENCE, async || fact().await.unwrap_or(false)).await;
        if came.is_err() {
            let instead = self.words("body").await;
            bail!("waited in vain for {what}; the window says: {instead:?}");
        }
        Ok(())
    }

    /// Types where the focus is.
    ///
    /// # Errors
    ///
    /// When nothing has the focus.
    pub async fn press(&self, text: &str) -> Result<()> {
        let focused = self.ask("GET", "/element/active", None).await?;
        self.type_into(&focused, text).await
    }

    /// Types where nothing has the focus: letters are shortcuts there.
    ///
    /// # Errors
    ///
    /// As [`Self::press`].
    pub async fn press_body(&self, text: &str) -> Result<()> {
        let body = self.find("body").await?;
        self.type_into(&body, text).await
    }

    /// Types with Control held.
    ///
    /// # Errors
    ///
    /// As [`Self::press`].
    pub async fn press_control(&self, key: char) -> Result<()> {
        let text: String = [keys::CONTROL, key, keys::RELEASE].iter().collect();
        self.press(&text).await
    }

    /// Writes into a field, in place of what stood there.
    ///
    /// # Errors
    ///
    /// When there is no such field.
    pub async fn fill(&self, selector: &str, text: &str) -> Result<()> {
        let field = self.find(selector).await?;
        // The driver's own way to empty a field is not told to the window, which puts back what stood
        // there when it draws before the first letter has come.
        let script = "const field = document.querySelector(arguments[0]);
            Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, '');
            field.dispatchEvent(new Event('input', { bubbles: true }))";
        self.run(script, json!([selector])).await?;
        self.type_into(&field, text).await
    }

    /// Chooses a file in the dialog that a hidden field would open.
    ///
    /// # Errors
    ///
    /// When there is no such field.
    pub async fn choose(&self, selector: &str, file: &Path) -> Result<()> {
        let field = self.find(selector).await?;
        let name = file.to_str().context("not a name")?;
        self.type_into(&field, name).await
    }

    /// Clicks.
    ///
    /// # Errors
    ///
    /// When there is nothing to click on.
    pub async fn click(&self, selector: &str) -> Result<()> {
        let found = self.find(selector).await?;
        let path = format!("/element/{}/click", element(&found)?);
        self.ask("POST", &path, Some(json!({}))).await.map(drop)
    }

    async fn find(&self, selector: &str) -> Result<Value> {
        let asked = json!({ "using": "css selector", "value": selector });
        let found = self.ask("POST", "/element", Some(asked)).await;
        found.with_context(|| selector.to_owned())
    }

    async fn type_into(&self, field: &Value, text: &str) -> Result<()> {
        let path = format!("/element/{}/value", element(field)?);
        let asked = json!({ "text": text });
        self.ask("POST", &path, Some(asked)).await.map(drop)
    }

    /// The windows of the console that the driver may turn to.
    ///
    /// # Errors
    ///
    /// When the driver does not answer.
    pub async fn all(&self) -> Result<Vec<String>> {
        let handles = self.ask("GET", "/window/handles", None).await?;
        Ok(serde_json::from_value(handles)?)
    }

    /// Turns to one of them.
    ///
    /// # Errors
    ///
    /// When it is gone.
    pub async fn turn_to(&self, window: &str) -> Result<()> {
        let asked = json!({ "handle": window });
        self.ask("POST", "/window", Some(asked)).await.map(drop)
    }

    /// Leaves a picture of the window beside the test, when `ELMS_TEST_PICTURES` names a folder.
    ///
    /// # Errors
    ///
    /// When it cannot be taken or written.
    pub async fn picture(&self, name: &str) -> Result<()> {
        let Some(folder) = env::var_os("ELMS_TEST_PICTURES").map(PathBuf::from) else {
            return Ok(());
        };
        let taken = self.ask("GET", "/screenshot", None).await?;
        let text = taken.as_str().context("no picture")?;
        let png = base64::engine::general_purpose::STANDARD.decode(text)?;
        std::fs::write(folder.join(format!("{name}.png")), png)?;
        Ok(())
    }

    /// Ends the console as a power cut would.
    ///
    /// # Errors
    ///
    /// When it is not there or cannot be killed.
    pub async fn kill(self) -> Result<()> {
        ensure!(0 < kill(&self.known_by)?, "no console to kill");
        let ended = async || consoles_of(&self.known_by).is_empty();
        until("the console is dead", ENDING, ended).await
    }

    /// Closes the window and waits for the console to end.
    ///
    /// # Errors
    ///
    /// When the driver does not answer.
    pub async fn close(self) -> Result<()> {
        self.ask("DELETE", "", None).await?;
        if self.ended().await.is_err() {
            use std::io::Write as _;
            writeln!(std::io::stderr(), "a console did not end and was killed")?;
            kill(&self.known_by)?;
        }
        Ok(())
    }

    /// Waits until the console has ended by itself.
    ///
    /// # Errors
    ///
    /// When it goes on.
    pub async fn ended(&self) -> Result<()> {
        let ended = async || consoles_of(&self.known_by).is_empty();
        until("the console ends", ENDING, ended).await
    }
}

fn element(found: &Value) -> Result<&str> {
    let id = found.get(ELEMENT).and_then(Value::as_str);
    id.context("not an element")
}
