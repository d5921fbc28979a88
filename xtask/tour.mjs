// Walks through the real window as a person would and leaves pictures of it.
// Called by `cargo xtask run --screenshot DIR`, on a display and a bus of its own.
//
// TOUR_CONSOLE   the console's program
// TOUR_PICTURES  the folder for the pictures
// TOUR_EMAIL     the account to sign in with
// TOUR_PASSWORD  its password
// TOUR_UNTIL     HH:MM of the demo day to wait for; without it, none

import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const PATIENCE = 60_000;
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** A port that is free now. */
function freePort() {
  return new Promise((done, failed) => {
    const server = createServer().once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Repeats `look` until it gives something, and says what was waited for when it never does. */
async function until(what, look) {
  const end = Date.now() + PATIENCE;
  let last;
  while (Date.now() < end) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await pause(100);
  }
  throw new Error(`waited in vain for ${what}${last ? `: ${last.message}` : ""}`);
}

/** One driven window. */
class Window {
  constructor(port) {
    this.base = `http://127.0.0.1:${port}`;
  }

  async ask(method, path, body) {
    const options = { method, headers: { "content-type": "application/json" } };
    if (body !== undefined) options.body = JSON.stringify(body);
    const response = await fetch(this.base + path, options);
    const { value } = await response.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }

  async open(binary) {
    await until("the driver", () => this.ask("GET", "/status"));
    const wanted = { "webkitgtk:browserOptions": { binary, args: [] } };
    const { sessionId } = await this.ask("POST", "/session", {
      capabilities: { alwaysMatch: wanted },
    });
    this.base += `/session/${sessionId}`;
  }

  run(script, ...args) {
    return this.ask("POST", "/execute/sync", { script, args });
  }

  async find(selector) {
    const found = await this.ask("POST", "/element", { using: "css selector", value: selector });
    return found[ELEMENT];
  }

  async type(selector, text) {
    const field = await this.find(selector);
    await this.ask("POST", `/element/${field}/clear`, {});
    await this.ask("POST", `/element/${field}/value`, { text });
  }

  async click(selector) {
    await this.ask("POST", `/element/${await this.find(selector)}/click`, {});
  }

  go(route) {
    return this.run("location.hash = arguments[0]", route);
  }

  /** Takes the picture once the fonts are there and what was asked for has been drawn. */
  async picture(name) {
    await until("the fonts", () => this.run("return document.fonts.status === 'loaded'"));
    await pause(500);
    const png = await this.ask("GET", "/screenshot");
    await writeFile(join(process.env.TOUR_PICTURES, `${name}.png`), Buffer.from(png, "base64"));
    console.log(`   ${name}.png`);
  }

  close() {
    return this.ask("DELETE", "");
  }
}

async function signIn(window) {
  await until("the sign-in page", () => window.find("input[type=password]"));
  await window.type("input[type=email]", process.env.TOUR_EMAIL);
  await window.type("input[type=password]", process.env.TOUR_PASSWORD);
  await window.click("button[type=submit]");
  await until("the sign-in to be accepted", async () => {
    const problem = await window.run("return document.querySelector('[role=alert]')?.innerText");
    if (problem) throw new Error(problem);
    return window.run("return document.querySelector('input[type=password]') === null");
  });
  await window.go("#/monitor");
}

/** The time of day in the halls, as HH:MM. */
function timeOfDay(window) {
  return window.ask("POST", "/execute/async", {
    script: `const done = arguments[0];
      window.__TAURI_INTERNALS__.invoke("status").then((status) =>
        done(new Date(status.clock.serverNow).toISOString().slice(11, 16)));`,
    args: [],
  });
}

async function walk(window) {
  await signIn(window);
  const time = process.env.TOUR_UNTIL;
  if (time) await until(`${time} in the halls`, async () => (await timeOfDay(window)) >= time);
  const first = "return document.querySelector('[data-incident]')?.dataset.incident";
  await until("a hall and an incident", () => window.run(first));
  await window.picture("monitor");
  const href = `#/incidents/${await window.run(first)}`;
  await window.go(href);
  await window.picture("incident");
  await window.go("#/batches");
  await window.picture("batches");
  await window.go("#/review");
  await window.picture("review");
}

const port = await freePort();
const driver = spawn("WebKitWebDriver", ["--host=127.0.0.1", `--port=${port}`], {
  stdio: ["ignore", "ignore", "inherit"],
  env: { ...process.env, TAURI_AUTOMATION: "true", TAURI_WEBVIEW_AUTOMATION: "true" },
});
const window = new Window(port);
try {
  await window.open(process.env.TOUR_CONSOLE);
  await walk(window);
} catch (error) {
  console.error(`tour: ${error.message}`);
  process.exitCode = 1;
} finally {
  await window.close().catch(() => {});
  driver.kill();
}
