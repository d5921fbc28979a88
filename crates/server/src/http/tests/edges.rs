//! What is no proper request.

use axum::{middleware, routing::get};

use super::{access::full, *};

/// Nothing is loaded, run, sent or framed.
const POLICY: &str = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'; sandbox";

fn from_page(method: Method, path: &str, origin: &str) -> Request {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::ORIGIN, origin);
    request.body(Body::empty()).unwrap()
}

#[tokio::test]
async fn a_body_of_256_kib_is_read_and_one_byte_more_is_not() {
    let hall = Hall::new().await;
    let login = |n_bytes: usize| {
        let empty = r#"{"email":"a@b","password":""}"#.len();
        json!({ "email": "a@b", "password": "x".repeat(n_bytes - empty) })
    };
    let fits = hall.post(0, "/api/auth/login", login(LARGEST_BODY)).await;
    fits.refused(401, "LOGIN_FAILED");
    let larger = hall
        .post(0, "/api/auth/login", login(LARGEST_BODY + 1))
        .await;
    larger.refused(413, "TOO_LARGE");
}

#[tokio::test]
async fn what_cannot_be_read_is_said_in_a_sentence() {
    let hall = Hall::new().await;
    let broken = Request::builder()
        .method(Method::POST)
        .uri("/api/auth/login");
    let broken = hall
        .send(broken.body(Body::from("{\"email\":")).unwrap())
        .await;
    broken.refused(400, "INVALID");
    let missing = hall
        .post(0, "/api/auth/login", json!({ "email": "a@b" }))
        .await;
    let missing = missing.refused(400, "INVALID");
    assert!(
        missing["errors"][0].as_str().unwrap().contains("password"),
        "{missing}"
    );
    for path in [
        "/api/incidents?page=one",
        "/api/incidents?page=1&page=2",
        "/api/sync/events?after=x",
    ] {
        hall.get(OFFICER, path).await.refused(400, "INVALID");
    }
    hall.get(OFFICER, "/api/batch-scripts/one")
        .await
        .refused(404, "NOT_FOUND");
    hall.get(OFFICER, "/api/nothing")
        .await
        .refused(404, "NOT_FOUND");
    hall.get(0, "/").await.refused(404, "NOT_FOUND");
}

#[tokio::test]
async fn nothing_is_deleted() {
    let hall = Hall::new().await;
    let incident = hall.incident("LOW").await;
    let path = format!("/api/incidents/{}", incident["id"]);
    let answer = hall.ask(OFFICER, Method::DELETE, &path, Value::Null).await;
    answer.refused(405, "METHOD_NOT_ALLOWED");
    hall.get(OFFICER, &path).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn nobody_has_a_request_read_back_to_them() {
    let hall = Hall::new().await;
    for path in ["/", "/healthz", "/api/incidents", "/socket.io/"] {
        let answer = hall.ask(OFFICER, Method::TRACE, path, Value::Null).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert!(!answer.body.to_string().contains("Bearer"), "{path}");
    }
}

#[tokio::test]
async fn a_page_of_another_site_is_refused_before_anything_is_looked_at() {
    let hall = Hall::new().await;
    let page = "https://evil.example";
    for (method, path) in [
        (Method::GET, "/healthz"),
        (Method::POST, "/api/auth/login"),
        (Method::OPTIONS, "/api/incidents"),
        (Method::GET, "/socket.io/?EIO=4&transport=websocket"),
        (Method::GET, "/socket.io/?EIO=4&transport=polling"),
    ] {
        let answer = hall.send(from_page(method, path, page)).await;
        assert!(
            !answer
                .headers
                .contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN)
        );
        answer.refused(403, "ORIGIN_NOT_ALLOWED");
    }
}

#[tokio::test]
async fn a_page_of_this_machine_may_ask_a_demo_server() {
    let hall = Hall::new().await;
    let page = "http://localhost:5173";
    let mut before = from_page(Method::OPTIONS, "/api/incidents", page);
    before.headers_mut().insert(
        header::ACCESS_CONTROL_REQUEST_METHOD,
        "PATCH".parse().unwrap(),
    );
    let answer = hall.send(before).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], page);
    let answer = hall.send(from_page(Method::GET, "/healthz", page)).await;
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], page);
    let real = Hall::with(false).await;
    let answer = real.send(from_page(Method::GET, "/healthz", page)).await;
    answer.refused(403, "ORIGIN_NOT_ALLOWED");
}

#[tokio::test]
async fn every_answer_says_that_it_is_data_and_not_to_be_kept() {
    let hall = Hall::new().await;
    let api = crate::http::openapi::ROUTES
        .iter()
        .map(|route| full(route.path, "1"));
    let others = ["/healthz", "/nothing", "/socket.io/?EIO=3"].map(str::to_owned);
    for path in api.chain(others) {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            let mut request = hall.request(OFFICER, method, &path, &json!({}));
            request
                .extensions_mut()
                .insert(Peer(SocketAddr::from(([127, 0, 0, 1], 50_000))));
            let headers = hall.router.clone().oneshot(request).await.unwrap();
            let headers = headers.headers();
            assert!(!headers.contains_key(header::SET_COOKIE), "{path}");
            let of = |name: header::HeaderName| headers[name].to_str().unwrap();
            assert_eq!(of(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
            assert_eq!(of(header::CACHE_CONTROL), "no-store", "{path}");
            assert_eq!(of(header::REFERRER_POLICY), "no-referrer", "{path}");
            assert_eq!(of(header::CONTENT_SECURITY_POLICY), POLICY, "{path}");
        }
    }
    let answer = hall.get(0, "/api/incidents").await;
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
}

#[tokio::test]
async fn health_tells_whether_it_is_a_demo() {
    let hall = Hall::new().await;
    for path in ["/health", "/healthz"] {
        let answer = hall.get(0, path).await;
        let body = answer.body;
        for key in [
            "status",
            "message",
            "timestamp",
            "environment",
            "version",
            "database",
        ] {
            assert!(body[key].is_string(), "{key}: {body}");
        }
        assert_eq!(
            (&body["status"], &body["demo"], &body["stations"]),
            (&json!("OK"), &json!(true), &json!("any"))
        );
    }
    hall.app.stop.cancel();
    assert_eq!(
        hall.get(0, "/healthz").await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
}

#[tokio::test]
async fn a_fault_in_a_handler_is_an_answer_and_not_the_end() {
    async fn faulty() -> Reply {
        panic!("a seat that is not there")
    }
    let router: Router = Router::new()
        .route("/faulty", get(faulty))
        .layer(middleware::from_fn(watched::watched));
    let request = Request::builder()
        .uri("/faulty")
        .body(Body::empty())
        .unwrap();
    let response = router.oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let body = to_bytes(response.into_body(), 1_024).await.unwrap();
    assert!(!String::from_utf8_lossy(&body).contains("seat"));
}
