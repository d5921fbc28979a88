//! The script that is missing in one bundle lies in the other, and at the end of the day none is.

use anyhow::{Context as _, Result, ensure};
use elms_tests::{
    proxy::{Proxy, Wire},
    rest::{OFFICER, Rest},
    station::StationProcess,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{CHIEF, Day, WITNESS, command, events, says, to_decide};

/// The chief invigilator and an invigilator of CSE201, and the number of the second.
const OTHER_CHIEF: &str = "emmanuel.ofori@aut.example";
const OTHER_WITNESS: (&str, i64) = ("comfort.baidoo@aut.example", 9);
/// The sittings of CSE201 and BUS101; their batches have the same numbers.
const SHORT: (i64, i64) = (1, 93);
const OVER: (i64, i64) = (2, 70);
/// The other halls of the day: the sitting and its batch, who leads it, who counts too, and who is there.
const OTHERS: [(i64, &str, (&str, i64), i64); 6] = [
    (3, "yaw.sarpong", ("prince.nkansah", 16), 56),
    (4, "ruth.abban", ("michael.dogbe", 18), 82),
    (5, "comfort.baidoo", ("mavis.okai", 13), 107),
    (6, "akosua.frimpong", ("isaac.tawiah", 20), 41),
    (7, "naa.lamptey", ("bright.amoako", 22), 50),
    (8, "esi.bentil", ("abena.darko", 5), 4),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_script_missing_in_one_hall_is_found_in_the_other_and_503_scripts_are_503() -> Result<()>
{
    let day = Day::begin().await?;
    let office = day.office().await?;
    // Those who count too have a line of their own: it is back before that of those who seal.
    let beside = Proxy::start(&day.server.url).await?;
    let mut short = Hall::open(
        &day,
        &beside,
        ("GH-A", OTHER_CHIEF),
        ("GH-C", OTHER_WITNESS),
        SHORT,
    )
    .await?;
    let mut over = Hall::open(&day, &beside, ("GH-B", CHIEF), ("GH-D", WITNESS), OVER).await?;
    let lost = somebody(&mut short.chief).await?;

    beside.set(Wire::Cut);
    day.cut(&mut [
        &mut short.chief,
        &mut short.witness,
        &mut over.chief,
        &mut over.witness,
    ])
    .await?;
    let missing = short.seal_with_a_case(92, "20422", Some(lost)).await?;
    over.seal_with_a_case(71, "20418", None).await?;
    beside.set(Wire::Whole);
    for station in [&mut short.witness, &mut over.witness] {
        station.call("try_now", Value::Null).await?;
        station.live(0).await?;
    }
    day.mend(&mut [&mut short.chief, &mut over.chief]).await?;
    for station in [&mut short.chief, &mut over.chief] {
        let told = to_decide(station).await?;
        ensure!(told.is_empty(), "{told:?}");
    }

    let mut officer = day.in_office("EO-1", OFFICER).await?;
    looked_for_in(&mut officer, missing, OVER.0).await?;
    for (hall, seal) in [(&mut over, "20430"), (&mut short, "20431")] {
        hall.count_again(&mut officer, &office, seal).await?;
    }
    for hall in OTHERS {
        sealed_elsewhere(&day.server.url, hall).await?;
    }
    // The day of the demo is a Monday in December: it is summed up over HTTP, in the evening of that day.
    let short = asked(&office, sum(503, 502)).await?;
    says(
        &short.to_string(),
        "517 registered, 503 present, 503 scripts, 0 missing",
    )?;
    ask(&office, sum(503, 503)).await?;
    let sums = events(&office, "day_reconciled").await?;
    ensure!(sums.len() == 1, "{sums:?}");
    recounted(&office).await?;
    day.server.stop().await
}

/// One hall with two stations: who leads it, and who counts too.
struct Hall {
    chief: StationProcess,
    witness: StationProcess,
    witness_number: i64,
    id: i64,
    present: i64,
}

impl Hall {
    /// Everybody is in, and collecting has begun.
    async fn open(
        day: &Day,
        beside: &Proxy,
        (code, chief): (&str, &str),
        (other, witness): (&str, (&str, i64)),
        (id, present): (i64, i64),
    ) -> Result<Self> {
        let mut chief = day.at(code, chief).await?;
        let input = json!({ "sittingId": id, "checkedIn": present });
        chief.submit(command("countPresent", input)).await?;
        let input = json!({ "batchId": id });
        chief.submit(command("openCollection", input)).await?;
        chief.live(0).await?;
        Ok(Self {
            chief,
            witness: day.behind(&beside.url, other, witness.0).await?,
            witness_number: witness.1,
            id,
            present,
        })
    }

    fn declared(&self, count: i64) -> Value {
        command(
            "declareCount",
            json!({ "batchId": self.id, "count": count }),
        )
    }

    fn seal(&self, count: i64, number: &str, case: Option<Uuid>) -> Value {
        let mut input = json!({
            "batchId": self.id, "count": count, "sealNumber": number,
            "witness": self.witness_number,
        });
        if let (Some(case), Some(input)) = (case, input.as_object_mut()) {
            input.insert("incident".to_owned(), json!(case));
        }
        command("sealBatch", input)
    }

    /// Two count the same, which is not who was there: the seal names the case.
    async fn seal_with_a_case(
        &mut self,
        count: i64,
        number: &str,
        lost: Option<i64>,
    ) -> Result<Uuid> {
        let declared = self.declared(count);
        self.witness.submit(declared.clone()).await?;
        self.chief.submit(declared).await?;
        let case = Uuid::now_v7();
        let kind = lost.map_or("CUSTODY_DISCREPANCY", |_| "MISSING_SCRIPT");
        let report = json!({
            "ref": case, "type": kind, "severity": "CRITICAL", "sittingId": self.id,
            "batchId": self.id, "candidates": lost.as_slice(),
            "description": format!("{count} scripts for {} candidates", self.present),
        });
        self.chief.submit(command("reportIncident", report)).await?;
        let seal = self.seal(count, number, Some(case));
        self.chief.submit(seal).await?;
        Ok(case)
    }

    /// The seal is broken before a witness; both count again, and a new one is put on.
    async fn count_again(
        &mut self,
        officer: &mut StationProcess,
        office: &Rest,
        number: &str,
    ) -> Result<()> {
        let input = json!({
            "batchId": self.id, "witness": self.witness_number, "reason": "Search for the script",
        });
        officer.submit(command("unsealBatch", input)).await?;
        officer.live(0).await?;
        self.witness.live(office.head().await?).await?;
        let declared = self.declared(self.present);
        self.witness.submit(declared.clone()).await?;
        self.witness.live(0).await?;
        self.chief.live(office.head().await?).await?;
        self.chief.submit(declared).await?;
        let seal = self.seal(self.present, number, None);
        self.chief.submit(seal).await?;
        self.chief.live(0).await
    }
}

/// The number of a candidate of CSE201.
async fn somebody(station: &mut StationProcess) -> Result<i64> {
    let asked = json!({ "sittingId": SHORT.0 });
    let hall = station.call("hall", asked).await?;
    let first = hall.pointer("/candidates/0/studentId");
    first.and_then(Value::as_i64).context("no candidates")
}

/// The case says where to look first.
async fn looked_for_in(officer: &mut StationProcess, case: Uuid, batch: i64) -> Result<()> {
    let detail = officer.call("incident", json!({ "id": case })).await?;
    let first = detail.pointer("/proposals/0");
    let first = first.with_context(|| format!("nowhere to look: {detail}"))?;
    ensure!(first.get("batchId") == Some(&json!(batch)), "{first}");
    says(&first.to_string(), "has 1 too many")
}

/// A hall where nothing happens: two people count, and the batch is sealed.
async fn sealed_elsewhere(
    url: &str,
    (id, chief, (witness, number), present): (i64, &str, (&str, i64), i64),
) -> Result<()> {
    let [chief, witness] = [chief, witness].map(|name| format!("{name}@aut.example"));
    let (chief, witness) = (
        Rest::sign_in(url, &chief).await?,
        Rest::sign_in(url, &witness).await?,
    );
    let count = json!({ "batchId": id, "count": present });
    let seal = json!({
        "batchId": id, "count": present, "sealNumber": format!("2050{id}"), "witness": number,
    });
    let input = json!({ "sittingId": id, "checkedIn": present });
    ask(&chief, command("countPresent", input)).await?;
    ask(&chief, command("openCollection", json!({ "batchId": id }))).await?;
    ask(&witness, command("declareCount", count.clone())).await?;
    ask(&chief, command("declareCount", count)).await?;
    ask(&chief, command("sealBatch", seal)).await
}

/// Asks for something over HTTP that is done.
async fn ask(person: &Rest, command: Value) -> Result<()> {
    let answer = asked(person, command).await?;
    ensure!(answer.pointer("/data/seq").is_some(), "{answer}");
    Ok(())
}

/// Asks for something over HTTP; the answer.
async fn asked(person: &Rest, command: Value) -> Result<Value> {
    let at = "2026-12-07T19:00:00.000Z";
    let mut body = json!({
        "commandId": Uuid::now_v7(), "occurredAt": at, "recordedAt": at, "clockOffsetMs": 0,
    });
    let fields = command.as_object().context("no command")?.clone();
    body.as_object_mut().context("no body")?.extend(fields);
    person.post("/commands", &body).await
}

fn sum(present: i64, scripts: i64) -> Value {
    let input = json!({
        "registered": 517, "present": present, "scripts": scripts, "missing": present - scripts,
    });
    command("reconcileDay", input)
}

/// The last seal of each batch in the raw log, added up by somebody who does not trust the sum.
async fn recounted(office: &Rest) -> Result<()> {
    let mut last = std::collections::BTreeMap::new();
    for seal in events(office, "batch:sealed").await? {
        let batch = seal.pointer("/payload/batchId").and_then(Value::as_i64);
        let count = seal
            .pointer("/payload/declaredCount")
            .and_then(Value::as_i64);
        last.insert(
            batch.context("no batch")?,
            count.with_context(|| format!("no count: {seal}"))?,
        );
    }
    let whole: i64 = last.values().sum();
    ensure!(last.len() == 8 && whole == 503, "{last:?}");
    Ok(())
}
