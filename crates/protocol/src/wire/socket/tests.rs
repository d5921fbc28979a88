//! Packets as the npm libraries write them, and texts that nobody should write.

use proptest::prelude::*;
use serde_json::json;

use super::*;

const ROOM_FOR_ALL: usize = 1_000_000;

fn read(text: &str) -> SocketFrame {
    SocketFrame::parse(text, ROOM_FOR_ALL).expect("a packet")
}

fn refused(text: &str) -> WireError {
    SocketFrame::parse(text, ROOM_FOR_ALL).expect_err("no packet")
}

#[track_caller]
fn both_ways(text: &str, packet: SocketPacket) {
    let frame = SocketFrame::main(packet);
    assert_eq!(frame.to_string(), text);
    assert_eq!(read(text), frame);
}

#[test]
fn the_packets_of_the_guide_are_read_and_written() {
    let auth = Some(json!({ "token": "t" }));
    both_ways(r#"0{"token":"t"}"#, SocketPacket::Connect { data: auth });
    both_ways("0", SocketPacket::Connect { data: None });
    both_ways("1", SocketPacket::Disconnect);
    both_ways(r#"2["ping"]"#, SocketPacket::event("ping", vec![]));
    let rooms = json!({ "rooms": ["batch:10"] });
    both_ways(
        r#"2["subscribe",{"rooms":["batch:10"]}]"#,
        SocketPacket::event("subscribe", vec![rooms]),
    );
}

#[test]
fn acknowledgements_carry_their_number() {
    let asks = SocketPacket::Event {
        name: "seal".to_owned(),
        args: vec![json!(1), json!(null)],
        ack: Some(12),
    };
    both_ways(r#"212["seal",1,null]"#, asks);
    let answers = SocketPacket::Ack {
        id: 12,
        args: vec![json!("ok")],
    };
    both_ways(r#"312["ok"]"#, answers);
    assert!(matches!(refused("3[1]"), WireError::AckId));
    let huge = format!("2{}[\"x\"]", "9".repeat(30));
    assert!(matches!(refused(&huge), WireError::AckId));
}

#[test]
fn a_refusal_carries_message_and_data() {
    let message = "INVALID_TOKEN".to_owned();
    let data = Some(json!({ "code": "INVALID_TOKEN" }));
    both_ways(
        r#"4{"message":"INVALID_TOKEN","data":{"code":"INVALID_TOKEN"}}"#,
        SocketPacket::ConnectError { message, data },
    );
    let bare = read(r#"4"no""#).packet;
    assert!(matches!(bare, SocketPacket::ConnectError { message, data: None } if message == "no"));
}

#[test]
fn another_namespace_is_read_so_that_it_can_be_refused() {
    let frame = read(r#"0/admin,{"token":"t"}"#);
    assert_eq!(frame.namespace, "/admin");
    assert_eq!(read("0/admin").namespace, "/admin");
    assert_eq!(read("0/admin,").namespace, "/admin");
    let message = "Invalid namespace".to_owned();
    let packet = SocketPacket::ConnectError {
        message,
        data: None,
    };
    let answer = SocketFrame {
        namespace: frame.namespace,
        packet,
    };
    assert_eq!(
        answer.to_string(),
        r#"4/admin,{"message":"Invalid namespace"}"#
    );
    assert_eq!(read(&answer.to_string()), answer);
    assert_eq!(read(r#"2/admin,7["x"]"#).to_string(), r#"2/admin,7["x"]"#);
}

#[test]
fn attachments_are_recognised_and_refused() {
    let with_photo = r#"51-["photo",{"_placeholder":true,"num":0}]"#;
    assert!(matches!(refused(with_photo), WireError::Binary));
    assert!(matches!(refused("61-3[]"), WireError::Binary));
}

#[test]
fn a_packet_of_the_wrong_shape_is_refused() {
    for text in ["0[]", "1{}", "2{}", "2[]", "2[1]", "31{}", "4[]", "4{}"] {
        assert!(matches!(refused(text), WireError::Shape { .. }), "{text}");
    }
    for text in ["0{", "2", "2[", "2[\"a\"", "4", "31"] {
        assert!(matches!(refused(text), WireError::Json(_)), "{text}");
    }
    assert!(matches!(refused(""), WireError::Empty));
    assert!(matches!(refused("9"), WireError::UnknownKind('9')));
}

#[test]
fn reserved_names_are_refused() {
    for name in RESERVED {
        let text = format!("2[{name:?}]");
        assert!(matches!(refused(&text), WireError::ReservedName), "{name}");
    }
}

#[test]
fn deep_nesting_is_an_error_and_not_a_crash() {
    let deep = format!("2[\"x\",{}{}]", "[".repeat(5_000), "]".repeat(5_000));
    assert!(matches!(refused(&deep), WireError::Json(_)));
}

#[test]
fn the_limit_is_checked_before_the_json() {
    let error = SocketFrame::parse("2[nonsense", 9).expect_err("too long");
    assert!(matches!(error, WireError::TooLarge { bytes: 10, .. }));
}

#[test]
fn a_frame_for_many_is_the_same_as_one_for_each() {
    let payload = json!({ "channel": "incident", "payload": { "title": "a \"note\"" } });
    let one = SocketFrame::main(SocketPacket::event("incident", vec![payload.clone()]));
    let many = event_text("incident", &payload.to_string());
    assert_eq!(many, format!("4{one}"));
}

#[test]
fn tokens_and_names_stay_out_of_the_log() {
    let auth = Some(json!({ "token": "secret" }));
    let packets = [
        SocketPacket::Connect { data: auth },
        SocketPacket::event("incident", vec![json!("secret")]),
    ];
    assert!(!format!("{packets:?}").contains("secret"));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|n| json!(f64::from(n) / 4.0)),
        any::<String>().prop_map(Value::from),
        Just(json!("\u{2028}\u{2029}\u{1e}\u{0} 🧾")),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let pairs = proptest::collection::vec((any::<String>(), inner.clone()), 0..4);
        prop_oneof![
            proptest::collection::vec(inner, 0..4).prop_map(Value::from),
            pairs.prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

fn any_object() -> impl Strategy<Value = Value> {
    any_json().prop_map(|value| json!({ "value": value }))
}

fn any_args() -> impl Strategy<Value = Vec<Value>> {
    proptest::collection::vec(any_json(), 0..4)
}

fn any_packet() -> impl Strategy<Value = SocketPacket> {
    let name = any::<String>().prop_filter("reserved", |name| !RESERVED.contains(&name.as_str()));
    prop_oneof![
        proptest::option::of(any_object()).prop_map(|data| SocketPacket::Connect { data }),
        Just(SocketPacket::Disconnect),
        (name, any_args(), any::<Option<u64>>())
            .prop_map(|(name, args, ack)| SocketPacket::Event { name, args, ack }),
        (any::<u64>(), any_args()).prop_map(|(id, args)| SocketPacket::Ack { id, args }),
        (any::<String>(), proptest::option::of(any_object()))
            .prop_map(|(message, data)| SocketPacket::ConnectError { message, data }),
    ]
}

fn any_frame() -> impl Strategy<Value = SocketFrame> {
    let namespace = prop_oneof![Just(MAIN.to_owned()), "/[^,]{1,12}"];
    (namespace, any_packet()).prop_map(|(namespace, packet)| SocketFrame { namespace, packet })
}

proptest! {
    #[test]
    fn every_packet_is_read_as_it_was_written(frame in any_frame()) {
        let text = frame.to_string();
        prop_assert_eq!(read(&text), frame);
    }

    #[test]
    fn no_packet_contains_the_separator_of_long_polling(packet in any_packet()) {
        prop_assert!(!SocketFrame::main(packet).to_string().contains(super::super::SEPARATOR));
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>(), start in "[0-9]{0,3}(/[a-z]*,?)?") {
        let text = format!("{start}{text}");
        drop(SocketFrame::parse(&text, ROOM_FOR_ALL));
    }

    #[test]
    fn a_packet_cut_off_anywhere_is_read_or_refused(frame in any_frame(), cut in any::<prop::sample::Index>()) {
        let text = frame.to_string();
        let cut: String = text.chars().take(cut.index(text.chars().count() + 1)).collect();
        if let Ok(read) = SocketFrame::parse(&cut, ROOM_FOR_ALL) {
            prop_assert_eq!(SocketFrame::parse(&read.to_string(), ROOM_FOR_ALL).ok(), Some(read));
        }
    }
}
