//! The one thing that is read of a server's certificate to be shown: until when it holds. Whether
//! the server is the right one is for those who verify; nothing is decided here.

use der::{
    AnyRef, Reader as _, SliceReader, Tagged as _,
    asn1::{GeneralizedTime, UtcTime},
};
use elms_protocol::Timestamp;

/// Until when the certificate holds; none when it cannot be read.
pub(crate) fn holds_until(certificate: &[u8]) -> Option<Timestamp> {
    let certificate = parts(certificate)?.first()?.value();
    let signed = parts(certificate)?.first()?.value();
    let fields = parts(signed)?;
    // Behind the version, which the oldest certificates lack: number, algorithm, issuer, period.
    let has_version = fields.first()?.tag().is_context_specific();
    let period = fields.get(3 + usize::from(has_version))?;
    let [_, until] = parts(period.value())?.try_into().ok()?;
    instant(until)
}

/// What follows one another in `bytes`.
fn parts(bytes: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let mut parts = Vec::new();
    while !reader.is_finished() {
        parts.push(reader.decode().ok()?);
    }
    Some(parts)
}

/// A time is written in one of two ways.
fn instant(time: AnyRef<'_>) -> Option<Timestamp> {
    let short = time
        .decode_as()
        .map(|time: UtcTime| time.to_unix_duration());
    let long = |_| {
        let time: GeneralizedTime = time.decode_as()?;
        Ok::<_, der::Error>(time.to_unix_duration())
    };
    let since_1970 = short.or_else(long).ok()?;
    i64::try_from(since_1970.as_millis()).ok().map(Timestamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(tag: u8, inside: &[u8]) -> Vec<u8> {
        let mut part = vec![tag, u8::try_from(inside.len()).unwrap()];
        part.extend_from_slice(inside);
        part
    }

    fn together(parts: &[Vec<u8>]) -> Vec<u8> {
        part(0x30, &parts.concat())
    }

    /// A certificate that says of itself only when it holds, with or without its version.
    fn certificate(version: bool, until: Vec<u8>) -> Vec<u8> {
        let version = version.then(|| part(0xa0, &part(2, &[2])));
        let period = together(&[part(0x17, b"260101000000Z"), until]);
        let others = [part(2, &[1]), together(&[]), together(&[]), period];
        let signed: Vec<Vec<u8>> = version.into_iter().chain(others).collect();
        together(&[together(&signed), together(&[])])
    }

    #[test]
    fn it_is_read_until_when_a_certificate_holds_however_the_time_is_written() {
        let short = part(0x17, b"270314120000Z");
        let long = part(0x18, b"20270314120000Z");
        let until = "2027-03-14T12:00:00Z".parse().ok();
        for version in [true, false] {
            assert_eq!(holds_until(&certificate(version, short.clone())), until);
            assert_eq!(holds_until(&certificate(version, long.clone())), until);
        }
    }

    #[test]
    fn nothing_is_said_of_what_cannot_be_read() {
        let whole = certificate(true, part(0x17, b"270314120000Z"));
        let mut cut = whole;
        while cut.pop().is_some() {
            assert_eq!(holds_until(&cut), None, "{}", cut.len());
        }
        assert_eq!(holds_until(&certificate(true, part(4, b"never"))), None);
    }
}
