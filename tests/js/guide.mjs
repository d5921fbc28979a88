// The official Socket.IO client against our server, as the guide's code uses it.
//
//   node guide.mjs http://127.0.0.1:4000 PASSWORD websocket|polling|default
//
// Ends with 0 when everything happened as the guide says; otherwise prints what did not.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { io } from "socket.io-client";

const [url, password, way] = process.argv.slice(2);
// With no options at all the client begins with long polling and then changes to a WebSocket.
const transports = way === "default" ? {} : { transports: [way] };
const LATE_MS = 20_000;
const CHANNELS = [
  "script_submission",
  "batch_update",
  "exam_timetable",
  "incident",
  "notification",
];
const open = [];

async function signIn(email) {
  const response = await fetch(`${url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  const { success, data } = await response.json();
  assert.equal(success, true, `${email} cannot sign in`);
  return data;
}

function connect(auth, options = {}) {
  const socket = io(url, { ...transports, forceNew: true, auth, ...options });
  socket.heard = [];
  socket.onAny((name, body) => socket.heard.push([name, body]));
  open.push(socket);
  return socket;
}

// Waits until `find` finds something in what was heard; events may come before anybody waits.
async function until(what, find) {
  const deadline = Date.now() + LATE_MS;
  for (;;) {
    const found = find();
    if (found) return found;
    assert.ok(Date.now() < deadline, `did not happen (${way}): ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const hear = (socket, name, wanted = () => true) =>
  until(name, () => socket.heard.find(([heard, body]) => heard === name && wanted(body))?.[1]);

const happens = (socket, name) =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`did not happen (${way}): ${name}`)), LATE_MS);
    socket.once(name, (...args) => {
      clearTimeout(late);
      resolve(args);
    });
  });

async function signedIn(person) {
  const socket = connect({ token: person.token });
  await hear(socket, "authenticated", ({ success }) => success === true);
  return socket;
}

async function command(socket, name, input) {
  const now = new Date().toISOString();
  const times = { occurredAt: now, recordedAt: now, clockOffsetMs: 0 };
  const body = { commandId: randomUUID(), ...times, command: name, input };
  const outcome = await socket.timeout(LATE_MS).emitWithAck("command", body);
  assert.equal(outcome.outcome, "applied", `${name}: ${JSON.stringify(outcome)}`);
  return outcome;
}

const report = (socket, description) =>
  command(socket, "reportIncident", {
    ref: randomUUID(),
    type: "TECHNICAL_ISSUE",
    severity: "LOW",
    description,
  });

// The guide's RealtimeContext: connect with whatever token there is, then `authenticate`.
async function asTheGuideDoes(officer) {
  const socket = connect({ token: null });
  await happens(socket, "connect");
  const { id, institutionId, role } = officer.user;
  socket.emit("authenticate", { userId: id, institutionId, role, token: officer.token });
  const answer = await hear(socket, "authenticated");
  assert.equal(answer.success, true);
  assert.deepEqual([answer.userId, answer.institutionId], [id, institutionId]);
  assert.ok(!Number.isNaN(Date.parse(answer.timestamp)));
  return socket;
}

async function allFiveChannels(socket, chief, officer) {
  const rooms = ["batch:1", "timetable:1", `user:${officer.user.id}`];
  socket.emit("subscribe", { rooms });
  const subscribed = await hear(socket, "subscribed");
  assert.deepEqual(subscribed.rooms, rooms);
  assert.deepEqual(subscribed.denied, []);
  await openBatch(chief);
  await command(chief, "moveScript", { batchId: 1, student: STUDENT, step: "SUBMITTED" });
  await publishTimetable(officer.socket);
  await report(chief, "The clock in hall 1 stands still");
  const users = [officer.user.id];
  const words = { title: "Hall 1", message: "Please come", priority: "info" };
  await command(officer.socket, "notify", { users, ...words });
  for (const channel of CHANNELS) {
    const event = await hear(socket, channel);
    assert.equal(event.channel, channel);
    assert.equal(typeof event.event, "string");
    assert.equal(typeof event.payload, "object");
    assert.ok(!Number.isNaN(Date.parse(event.timestamp)), channel);
  }
  const named = (event) => event.event === "script:submitted";
  const script = await hear(socket, "script_submission", named);
  assert.equal(script.payload.studentId, STUDENT);
  const copies = socket.heard.filter(([name]) => name === "script_submission").length;
  assert.equal(copies, 1, "one event, two rooms, one copy");
}

// A script is handed in once, and three clients run one after the other.
const STUDENT = { websocket: 1001, polling: 1002, default: 1003 }[way];

// These two can be done once only, and three clients run one after the other.
async function openBatch(chief) {
  if (way === "websocket") await command(chief, "openCollection", { batchId: 1 });
  else await command(chief, "countScripts", { batchId: 1, collected: 0 });
}

async function publishTimetable(office) {
  if (way === "websocket") return command(office, "publishTimetable", { timetableId: 1 });
  const words = { changes: ["note"], text: "The bell is broken" };
  return command(office, "updateTimetable", { timetableId: 1, ...words });
}

// Who types is told on the channel like any event, beside the log: no number, and no word of it.
async function typing(officer, chief) {
  const socket = await signedIn(officer);
  const incident = randomUUID();
  const about = { type: "TECHNICAL_ISSUE", severity: "LOW", description: "Slow clock" };
  await command(chief, "reportIncident", { ref: incident, sittingId: 1, ...about });
  chief.emit("typing", { incident, text: "not for the line" });
  const told = await hear(socket, "incident", ({ event }) => event === "incident:typing");
  assert.equal(told.channel, "incident");
  assert.equal(told.payload.clientRef, incident);
  assert.equal(typeof told.payload.userName, "string");
  assert.ok(!Number.isNaN(Date.parse(told.timestamp)));
  assert.equal(told.seq, undefined);
  assert.ok(!JSON.stringify(told).includes("not for the line"));
}

async function leaving(socket, chief) {
  socket.emit("unsubscribe", { rooms: ["batch:1", "institution:1"] });
  const left = await hear(socket, "unsubscribed");
  assert.deepEqual(left.rooms, ["batch:1", "institution:1"]);
  const from = socket.heard.length;
  await report(chief, "Not for those who left");
  socket.emit("ping");
  const pong = await hear(socket, "pong");
  assert.deepEqual(Object.keys(pong), ["timestamp"]);
  assert.deepEqual(
    socket.heard.slice(from).map(([name]) => name),
    ["pong"],
    "something of a left room was heard",
  );
}

async function refusals(officer) {
  const wrong = connect({ token: "not.a.token" }, { reconnection: false });
  const [error] = await happens(wrong, "connect_error");
  assert.equal(error.data.code, "INVALID_TOKEN");
  assert.equal(typeof error.message, "string");

  const late = connect({ token: null });
  await happens(late, "connect");
  late.emit("authenticate", { userId: officer.user.id, role: "SUPER_ADMIN", token: "x" });
  const [reason] = await happens(late, "disconnect");
  assert.equal(reason, "io server disconnect");
  const answer = await hear(late, "authenticated");
  assert.deepEqual(answer, { success: false, code: "INVALID_TOKEN" });

  const stranger = connect({ token: null });
  await happens(stranger, "connect");
  stranger.emit("subscribe", { rooms: ["institution:1"] });
  assert.equal((await hear(stranger, "error")).code, "AUTHENTICATION_REQUIRED");
  return stranger;
}

async function foreignRooms(chief) {
  chief.emit("subscribe", { rooms: ["institution:2", "user:3", "batch:2", "exam-entry:1"] });
  const answer = await hear(chief, "subscribed");
  assert.deepEqual(answer.rooms, ["exam-entry:1"]);
  assert.deepEqual(answer.denied, ["institution:2", "user:3", "batch:2"]);
}

// What killed the original: arguments that are missing or of another kind, and torn frames.
async function malformed(person, witness) {
  const odd = await signedIn(person);
  odd.emit("subscribe");
  odd.emit("subscribe", null);
  odd.emit("subscribe", { rooms: "institution:1" });
  odd.emit("authenticate");
  await happens(odd, "disconnect");
  const torn = await signedIn(person);
  torn.io.opts.reconnection = false;
  torn.io.engine.write('2["subscribe",{');
  await happens(torn, "disconnect");
  assert.equal((await hear(torn, "closing")).reason, "malformed");
  const [again] = [await signedIn(person), await report(witness, "Still here")];
  assert.ok(again.connected && witness.connected);
}

// Everything missed, in order and once, for a client that gives a cursor.
async function resuming(officer, chief) {
  const last = await report(chief, "Seen");
  for (let n = 0; n < 20; n += 1) await report(chief, `Missed ${n}`);
  const back = connect({ token: officer.token, resume: { after: last.seq } });
  const resumed = await hear(back, "resumed");
  const seqs = back.heard.filter(([name]) => CHANNELS.includes(name)).map(([, { seq }]) => seq);
  assert.deepEqual(seqs, Array.from({ length: 20 }, (_, n) => last.seq + 1 + n));
  assert.equal(resumed.count, 20);
}

// Events while the client changes from long polling to a WebSocket: none lost, none twice.
async function changingOver(officer, chief) {
  const from = (await report(chief, "Before")).seq;
  const socket = connect({ token: officer.token, resume: { after: from } });
  const wanted = [];
  do wanted.push((await report(chief, "Meanwhile")).seq);
  while (wanted.length < 30);
  await hear(socket, "incident", ({ seq }) => seq === wanted.at(-1));
  const heard = socket.heard.filter(([name]) => name === "incident").map(([, { seq }]) => seq);
  assert.deepEqual(heard, wanted);
  const expected = way === "polling" ? "polling" : "websocket";
  await until(`travel by ${expected}`, () => socket.io.engine.transport.name === expected);
  await report(chief, "After");
  await until("one more", () => socket.heard.filter(([name]) => name === "incident").length === 31);
}

async function main() {
  const officer = await signIn("adjoa.mb@aut.example");
  const invigilator = await signIn("emmanuel.ofori@aut.example");
  officer.socket = await signedIn(officer);
  const chief = await signedIn(invigilator);
  const socket = await asTheGuideDoes(officer);
  await allFiveChannels(socket, chief, officer);
  await typing(officer, chief);
  await leaving(socket, chief);
  const stranger = await refusals(officer);
  await foreignRooms(chief);
  await malformed(invigilator, chief);
  await resuming(officer, chief);
  await changingOver(officer, chief);
  const leaked = stranger.heard.filter(([name]) => !["error", "closing"].includes(name));
  assert.deepEqual(leaked, [], "a stranger heard something");
}

main()
  .then(() => process.exit(0))
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
