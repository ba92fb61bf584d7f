import fs from "node:fs";
import net from "node:net";

/** Throws when something listens on the port already, with a name for it where the system tells. */
export async function requireFreePort(port, host) {
  for (const address of host === undefined ? ["127.0.0.1", "::1"] : [host]) {
    const code = await tryListening(port, address);
    if (code === "EADDRINUSE") {
      const next = port < 65_535 ? port + 1 : port - 1;
      throw new Error(
        `port ${port} is taken${describeOwner(port)}. Stop that program, or choose another port: npm start -- --port ${next}`,
      );
    }
    if (code === "EACCES")
      throw new Error(
        `port ${port} needs more rights than this user has; choose one above 1023 with --port.`,
      );
    // A machine without IPv6 is no reason to refuse its default address; one that was asked for is.
    if (code !== null && host !== undefined)
      throw new Error(`cannot listen on ${host} (${code}); correct HOST or --host.`);
  }
}

/** @returns {Promise<string | null>} the error's code, null when the port is free */
function tryListening(port, address) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", (error) => resolve(error.code ?? error.message));
    probe.listen({ port, host: address, ipv6Only: address === "::1" }, () =>
      probe.close(() => resolve(null)),
    );
  });
}

function describeOwner(port) {
  try {
    const inodes = listeningInodes(port);
    for (const pid of fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      if (holdsSocket(pid, inodes))
        return ` by ${fs.readFileSync(`/proc/${pid}/comm`, "utf8").trim()} (pid ${pid})`;
    }
  } catch {
    // No /proc, or not ours to look into: the message does without a name.
  }
  return "";
}

/** Column 2 is address:port in hex, 4 the state (0A: listening), 10 the inode. */
function listeningInodes(port) {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return new Set(
    ["/proc/net/tcp", "/proc/net/tcp6"]
      .filter((file) => fs.existsSync(file))
      .flatMap((file) => fs.readFileSync(file, "utf8").trim().split("\n").slice(1))
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[1].endsWith(suffix) && columns[3] === "0A")
      .map((columns) => `socket:[${columns[9]}]`),
  );
}

function holdsSocket(pid, inodes) {
  try {
    const folder = `/proc/${pid}/fd`;
    return fs.readdirSync(folder).some((name) => inodes.has(fs.readlinkSync(`${folder}/${name}`)));
  } catch {
    return false;
  }
}
