// The official Socket.IO server, speaking as the original ELMS server does, for tests of our client.
//
//   node partner.mjs '{"pingInterval":25000,"pingTimeout":20000,"maxHttpBufferSize":1000000}'
//
// Listens on a free port of 127.0.0.1, prints the port as its first line, and ends when its
// standard input ends. Events that begin with `test:` exist only for the tests.

import { createServer } from "node:http";
import { Server } from "socket.io";

const options = JSON.parse(process.argv[2] ?? "{}");
const http = createServer(answer);
const io = new Server(http, options);
const now = () => new Date().toISOString();

// As backend/src/controllers/authController.ts: the tokens live 24 h, nothing of ours is known.
const USER = {
  id: 7,
  email: "kofi@aut.example",
  firstName: "Kofi",
  lastName: "Asante",
  title: null,
  role: "EXAMS_OFFICER",
  status: "ACTIVE",
  institutionId: 1,
  facultyId: null,
  departmentId: null,
  emailVerified: true,
  roleProfiles: [],
};
const SIGNED_IN = {
  success: true,
  message: "Login successful",
  data: {
    token: "hall-7",
    refreshToken: "again-7",
    expiresIn: "24h",
    user: USER,
    primaryRole: USER.role,
    roles: [USER.role],
    permissions: {},
  },
};
const HEALTH = { status: "OK", message: "Server is running", version: "1.0.0", database: {} };

function answer(request, response) {
  const say = (status, body) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const asked = parts.length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString());
    if (request.url === "/health") return say(200, { ...HEALTH, timestamp: now() });
    if (request.url === "/api/auth/login") {
      if (asked.email === USER.email && asked.password === "original") return say(200, SIGNED_IN);
      return say(401, { success: false, message: "Invalid email or password" });
    }
    if (request.url === "/api/auth/refresh") return say(200, SIGNED_IN);
    if (request.url === "/api/auth/logout") return say(200, { success: true, message: "Bye" });
    return say(404, { success: false, message: "Route not found" });
  });
}

// What clients said, so that tests can see that nothing else reaches such a server.
const heard = new Set();

// The original lets everybody in. Two tokens are refused so that refusals can be tested.
const REFUSALS = {
  expired: { code: "TOKEN_EXPIRED" },
  later: { code: "LATER", retryAfterMs: 1500 },
};

io.use((socket, next) => {
  const { token } = socket.handshake.auth;
  if (token in REFUSALS) {
    const refusal = new Error(`refused: ${token}`);
    refusal.data = REFUSALS[token];
    return next(refusal);
  }
  return next();
});

io.on("connection", (socket) => {
  asTheOriginal(socket);
  forTheTests(socket);
});

// As backend/src/services/realtimeService.ts: no token is checked, nothing is acknowledged.
function asTheOriginal(socket) {
  socket.on("authenticate", ({ userId, institutionId }) => {
    socket.join([`user:${userId}`, `institution:${institutionId}`]);
    socket.emit("authenticated", { success: true, userId, institutionId, timestamp: now() });
  });
  socket.on("subscribe", ({ rooms }) => {
    socket.join(rooms);
    socket.emit("subscribed", { rooms, timestamp: now() });
  });
  socket.on("unsubscribe", ({ rooms }) => {
    for (const room of rooms) socket.leave(room);
    socket.emit("unsubscribed", { rooms, timestamp: now() });
  });
  socket.on("ping", () => socket.emit("pong", { timestamp: now() }));
}

function forTheTests(socket) {
  socket.onAny((name) => heard.add(name));
  socket.on("test:heard", (ack) => ack([...heard]));
  const raw = () => socket.conn.transport.socket;
  // What a service of the original does: one envelope to one room, named by its channel.
  socket.on("test:publish", ({ room, channel, event, payload }) => {
    io.to(room).emit(channel, { channel, event, payload, timestamp: now() });
  });
  socket.on("test:auth", (ack) => ack(socket.handshake.auth));
  socket.on("test:double", (number, ack) => ack(number * 2));
  socket.on("test:echo", (...args) => args.pop()(...args));
  socket.on("test:never", () => {});
  socket.on("test:count", (upto) => {
    for (let number = 0; number < upto; number += 1) socket.emit("counted", number);
  });
  socket.on("test:say", (...args) => socket.emit("said", ...args));
  socket.on("test:bare", () => socket.emit("bare"));
  socket.on("test:ask", (question) => {
    socket.emit("asked", question, (...answer) => socket.emit("answered", ...answer));
  });
  socket.on("test:large", (bytes) => socket.emit("large", "x".repeat(bytes)));
  socket.on("test:photo", () => socket.emit("photo", Buffer.from([1, 2, 3])));
  socket.on("disconnect", (reason) => io.to("watch").emit("left", reason));
  socket.on("test:leave", () => socket.disconnect(false));
  socket.on("test:kick", () => raw().close(4001, "the hall is closed"));
  // The whole process stands still, as when the machine is out of memory.
  socket.on("test:freeze", () => process.kill(process.pid, "SIGSTOP"));
  socket.on("test:torn", (what) => {
    if (what === "packet") raw().send('42["torn",{"a":');
    else if (what === "kind") raw().send("9");
    // The head of a frame of 256 bytes, two bytes of it, and the end of the line.
    else raw()._socket.end(Buffer.from([0x81, 126, 1, 0, 0x34, 0x32]));
  });
}

process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
http.listen(0, "127.0.0.1", () => console.log(http.address().port));
