//! A server in this process, and clients that speak the wire by hand.

use std::{path::Path, sync::Arc, time::Duration};

use elms_protocol::{Actor, CommandRequest, InstitutionId, Outcome, Seq, UserId};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream, connect_async, connect_async_tls_with_config,
    tungstenite::{Error, Message},
};
use tokio_util::sync::CancellationToken;

use crate::{
    App, Presence,
    accounts::Account,
    auth::{Auth, hash_password},
    clock::Clock,
    config::Settings,
    demo,
    door::Door,
    engine::Pollers,
    serve,
    store::Import,
    tls,
};

pub(super) const TAKORADI: InstitutionId = InstitutionId(1);
/// Sees everything.
pub(super) const OFFICER: UserId = UserId(3);
/// Chief of sitting 1.
pub(super) const INVIGILATOR: UserId = UserId(8);
/// Grades the batch of sitting 1.
pub(super) const LECTURER: UserId = UserId(24);
/// Carries batches.
pub(super) const HANDLER: UserId = UserId(6);
const PASSWORD: &str = "hall-test-password";
/// Longer than anything takes, even on a busy machine.
const LATE: Duration = Duration::from_secs(20);

/// A running server with the demo institutions.
pub(super) struct Bench {
    pub(super) app: App,
    url: String,
    _dir: TempDir,
}

impl Bench {
    pub(super) async fn start() -> Self {
        Self::with(Settings::default()).await
    }

    pub(super) async fn with(settings: Settings) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let app = app(dir.path(), settings).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let scheme = if app.tls.is_some() { "wss" } else { "ws" };
        let url = format!("{scheme}://{}", listener.local_addr().unwrap());
        tokio::spawn(serve(app.clone(), listener));
        Self {
            app,
            url,
            _dir: dir,
        }
    }

    pub(super) async fn token(&self, user: UserId) -> String {
        let accounts = demo::accounts().unwrap();
        let account = accounts
            .into_iter()
            .find(|account| account.user == user)
            .unwrap();
        let password = PASSWORD.to_owned();
        let signed_in = self
            .app
            .auth
            .sign_in(&account.email, password, ("127.0.0.1", None));
        signed_in.await.unwrap().token
    }

    /// Opens a WebSocket, nothing more.
    pub(super) async fn dial(&self) -> Phone {
        let url = format!("{}/socket.io/?EIO=4&transport=websocket", self.url);
        let connector = Some(Connector::Rustls(tls::testing::client()));
        let connected = connect_async_tls_with_config(url, None, false, connector).await;
        let (socket, _) = connected.unwrap();
        let mut phone = Phone { socket, n_asked: 0 };
        assert!(phone.frame().await.unwrap().starts_with("0{\"sid\""));
        phone
    }

    /// The same, unless the server does not take it.
    pub(super) async fn try_dial(&self) -> Option<Phone> {
        let url = format!("{}/socket.io/?EIO=4&transport=websocket", self.url);
        let (socket, _) = connect_async(url).await.ok()?;
        Some(Phone { socket, n_asked: 0 })
    }

    pub(super) async fn connect(&self, auth: Value) -> Phone {
        let mut phone = self.dial().await;
        phone.emit(&format!("40{auth}")).await;
        phone
    }

    pub(super) async fn signed_in(&self, user: UserId) -> Phone {
        let token = self.token(user).await;
        let mut phone = self.connect(json!({ "token": token })).await;
        let answer = phone.hear("authenticated").await;
        assert_eq!(answer["userId"], json!(user.0));
        phone
    }

    /// Opens a WebSocket from a page of this origin; the status when it is refused.
    pub(super) async fn dial_from(&self, origin: &str) -> Result<(), u16> {
        use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
        let url = format!("{}/socket.io/?EIO=4&transport=websocket", self.url);
        let mut request = url.into_client_request().unwrap();
        request
            .headers_mut()
            .insert("origin", origin.parse().unwrap());
        match connect_async(request).await {
            Ok(_) => Ok(()),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Carries out a command as `user`.
    pub(super) async fn does(&self, user: UserId, request: CommandRequest) -> Seq {
        let person = self.app.store.view(TAKORADI).unwrap();
        let person = elms_protocol::View::person(&person, user).unwrap();
        let actor = Actor {
            user: Some(user),
            name: person.name,
            roles: vec![person.role],
            ..Actor::system(TAKORADI)
        };
        match self.app.door.apply(actor, request).await.unwrap() {
            Outcome::Applied { seq, .. } => seq,
            Outcome::Rejected { rejection, .. } => panic!("{rejection}"),
        }
    }

    pub(super) fn n_events(&self) -> i64 {
        self.app.store.cursor(TAKORADI).unwrap().seq.0
    }
}

async fn app(dir: &Path, settings: Settings) -> App {
    let settings = Settings {
        data: Some(dir.to_owned()),
        ..settings
    };
    let config = settings.complete(true).unwrap();
    let clock = Clock::system();
    let tls = tls::Certificate::wanted(&config).unwrap();
    let (door, store) = Door::open(dir, clock.clone()).unwrap();
    let auth = Auth::open(dir, &config).unwrap();
    for (institution, records) in demo::institutions().unwrap() {
        let import = Import {
            institution,
            records,
        };
        door.import(import).await.unwrap();
    }
    let hash = hash_password(PASSWORD).unwrap();
    let accounts: Vec<Account> = demo::accounts().unwrap().into_iter().map(account).collect();
    auth.accounts().put_demo(&accounts, &hash).unwrap();
    App {
        shelf: crate::shelf::Shelf::new(dir),
        config: Arc::new(config),
        clock,
        store,
        door,
        auth,
        presence: Presence::default(),
        typing: crate::typing::Typing::default(),
        stop: CancellationToken::new(),
        tls: tls.map(Arc::new),
        pollers: Pollers::default(),
    }
}

fn account(person: demo::DemoAccount) -> Account {
    Account {
        id: person.user,
        email: person.email,
        name: person.name,
        role: person.role,
        institution: person.institution,
        faculty: person.faculty,
        department: person.department,
        active: true,
        demo: true,
        first_password: false,
        staff_number: None,
    }
}

/// A client.
pub(super) struct Phone {
    pub(super) socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    n_asked: u64,
}

impl Phone {
    /// The next text frame; none when the connection is over.
    pub(super) async fn frame(&mut self) -> Option<String> {
        loop {
            let message = timeout(LATE, self.socket.next())
                .await
                .expect("nothing was heard");
            match message? {
                Ok(Message::Text(text)) => return Some(text.as_str().to_owned()),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    pub(super) async fn emit(&mut self, frame: &str) {
        self.socket.send(Message::Text(frame.into())).await.unwrap();
    }

    pub(super) async fn say(&mut self, name: &str, body: Value) {
        self.emit(&format!("42{}", json!([name, body]))).await;
    }

    /// Says something and waits for its acknowledgement.
    pub(super) async fn ask(&mut self, name: &str, body: Value) -> Value {
        self.n_asked += 1;
        let start = format!("43{}", self.n_asked);
        self.emit(&format!("42{}{}", self.n_asked, json!([name, body])))
            .await;
        loop {
            let frame = self.frame().await.expect("it is over");
            if let Some(answer) = frame.strip_prefix(&start) {
                let mut answer: Vec<Value> = serde_json::from_str(answer).unwrap();
                return answer.remove(0);
            }
        }
    }

    /// The body of the next event with this name.
    pub(super) async fn hear(&mut self, name: &str) -> Value {
        loop {
            let (heard, body) = self.event().await;
            if heard == name {
                return body;
            }
        }
    }

    pub(super) async fn hear_anything_but(&mut self, name: &str) -> Value {
        loop {
            let (heard, body) = self.event().await;
            if heard != name {
                return body;
            }
        }
    }

    /// The next event with its name.
    pub(super) async fn event(&mut self) -> (String, Value) {
        loop {
            let frame = self.frame().await.expect("the connection is over");
            if let Some(event) = frame.strip_prefix("42") {
                return serde_json::from_str(event).unwrap();
            }
        }
    }

    /// Waits until the server has closed.
    pub(super) async fn is_closed(&mut self) {
        while self.frame().await.is_some() {}
    }
}
