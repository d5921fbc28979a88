// The official Socket.IO server with the guide's logic, to be measured beside ours.
//
// Prints {"url", "tokens"} as its first line and ends when its standard input ends. As in the guide
// a person joins `institution:{id}` and `user:{id}`, more rooms with `subscribe`, and an event is
// told to each of its rooms with one `io.to(room).emit`. Tokens are verified, as the guide wants
// (the original's code does not). Nothing is kept: that is the original's way too.

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createEncrypted } from "node:https";
import { Server } from "socket.io";

const key = randomBytes(32);
const { ELMS_CERTIFICATE: certificate, ELMS_CERTIFICATE_KEY: privateKey } = process.env;
const http = certificate
  ? createEncrypted({ cert: readFileSync(certificate), key: readFileSync(privateKey) })
  : createServer();
const io = new Server(http, { transports: ["websocket"] });

const sign = (text) => createHmac("sha256", key).update(text).digest("base64url");

function token(claims) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${sign(text)}`;
}

function verify(token) {
  const [header, claims, signature] = token.split(".");
  const ours = Buffer.from(sign(`${header}.${claims}`));
  const theirs = Buffer.from(signature);
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) throw new Error("INVALID_TOKEN");
  return JSON.parse(Buffer.from(claims, "base64url"));
}

const now = () => new Date().toISOString();
const uuid = () => crypto.randomUUID();
let seq = 0;

// The guide's service: one envelope to one room.
const emitToRoom = (room, event) => io.to(room).emit(event.channel, event);

// The same envelope as ours, field for field, so that both send the same bytes.
function hallLog(actor, { commandId, occurredAt, recordedAt, clockOffsetMs, input }) {
  seq += 1;
  return {
    channel: "exam_logistics",
    event: "hall_log",
    payload: { examEntryId: input.sittingId, action: input.action, text: input.text, by: actor.name },
    timestamp: now(),
    seq,
    eventId: uuid(),
    schema: 1,
    institutionId: actor.institutionId,
    rooms: [`institution:${actor.institutionId}`, `exam-entry:${input.sittingId}`, `venue:1`, `batch:${input.sittingId}`],
    actor: { userId: actor.userId, name: actor.name, stationCode: null },
    occurredAt,
    recordedAt,
    clockOffsetMs,
    causeRef: commandId,
  };
}

io.use((socket, next) => {
  try {
    socket.data.actor = verify(socket.handshake.auth.token);
    next();
  } catch (error) {
    next(error);
  }
});

io.on("connection", (socket) => {
  const { actor } = socket.data;
  const { userId, institutionId } = actor;
  socket.join([`user:${userId}`, `institution:${institutionId}`]);
  socket.emit("authenticated", { success: true, userId, institutionId, timestamp: now() });
  socket.on("subscribe", ({ rooms }) => {
    socket.join(rooms);
    socket.emit("subscribed", { rooms, denied: [], timestamp: now() });
  });
  socket.on("command", (request, ack) => {
    const event = hallLog(actor, request);
    for (const room of event.rooms) emitToRoom(room, event);
    ack({ outcome: "applied", commandId: request.commandId, firstSeq: seq, seq });
  });
});

const officers = [
  { userId: 3, name: "Kofi Addo", institutionId: 1 },
  { userId: 4, name: "Adjoa Mensah", institutionId: 1 },
];

process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
http.listen(0, "127.0.0.1", () => {
  const url = `${certificate ? "https" : "http"}://127.0.0.1:${http.address().port}`;
  console.log(JSON.stringify({ url, tokens: officers.map(token) }));
});
