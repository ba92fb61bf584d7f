import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";

/**
 * How it treats a message: takes it; refuses to speak; takes the connection and says nothing; asks to come again (greylisting);
 * refuses the recipient; takes the whole of it and is gone before it says so.
 */
export type SmtpManner = "accept" | "refuse" | "hang" | "greylist" | "reject" | "drop-after-data";

export type ReceivedMail = { from: string; to: string; raw: string; text: string };

export type SmtpServer = {
  port: number;
  url: string;
  manner: SmtpManner;
  /** Messages it took, those it did not answer for as well. */
  received: ReceivedMail[];
  connections: number;
  /** Resolves with the message that is taken next, or was taken already. */
  next: () => Promise<ReceivedMail>;
  close: () => Promise<void>;
};

/** A mail server on loopback that misbehaves on demand. No TLS: it is on this machine. */
export async function openSmtpServer(manner: SmtpManner = "accept", port = 0): Promise<SmtpServer> {
  const waiting: Array<(mail: ReceivedMail) => void> = [];
  const sockets = new Set<Socket>();
  let handedOut = 0;
  const server = createServer((socket) => {
    smtp.connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    converse(socket, smtp, (mail) => {
      smtp.received.push(mail);
      const ask = waiting.shift();
      if (ask) {
        handedOut += 1;
        ask(mail);
      }
    });
  });
  const smtp: SmtpServer = {
    ...{ port: 0, url: "", manner, received: [], connections: 0 },
    next: () => {
      const known = smtp.received[handedOut];
      if (known) {
        handedOut += 1;
        return Promise.resolve(known);
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  smtp.port = (server.address() as AddressInfo).port;
  smtp.url = `smtp://127.0.0.1:${smtp.port}`;
  return smtp;
}

function converse(socket: Socket, smtp: SmtpServer, take: (mail: ReceivedMail) => void): void {
  const say = (line: string) => socket.write(`${line}\r\n`);
  if (smtp.manner === "hang") return;
  if (smtp.manner === "refuse") {
    say("554 no service");
    socket.end();
    return;
  }
  say("220 loopback ready");
  let buffer = "";
  let inData = false;
  let [from, to] = ["", ""];
  socket.setEncoding("utf8");
  socket.on("data", (chunk) => {
    buffer += String(chunk);
    for (;;) {
      if (inData) {
        const end = buffer.indexOf("\r\n.\r\n");
        if (end < 0) return;
        const raw = buffer.slice(0, end);
        buffer = buffer.slice(end + 5);
        inData = false;
        take({ from, to, raw, text: decoded(raw) });
        if (smtp.manner === "drop-after-data") return void socket.destroy();
        say("250 taken");
        continue;
      }
      const end = buffer.indexOf("\r\n");
      if (end < 0) return;
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === "EHLO" || verb === "HELO") say("250 loopback");
      else if (verb === "MAIL") {
        from = /<([^>]*)>/.exec(line)?.[1] ?? "";
        say("250 sender ok");
      } else if (verb === "RCPT") {
        to = /<([^>]*)>/.exec(line)?.[1] ?? "";
        if (smtp.manner === "greylist") say("451 come again later");
        else if (smtp.manner === "reject") say("550 nobody here of that name");
        else say("250 recipient ok");
      } else if (verb === "DATA") {
        inData = true;
        say("354 go on");
      } else if (verb === "QUIT") {
        say("221 bye");
        socket.end();
      } else say("250 ok");
    }
  });
}

/** The body as it reads: soft line breaks joined, escapes undone. */
function decoded(raw: string): string {
  const body = raw.slice(raw.indexOf("\r\n\r\n") + 4);
  if (!/^Content-Transfer-Encoding: quoted-printable/im.test(raw)) return body;
  const bytes = body
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
