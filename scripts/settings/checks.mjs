import fs from "node:fs";
import { isIP } from "node:net";
import path from "node:path";

// Each takes the text of a setting, answers with its value, or throws what is wrong and what would be right.

export function portNumber(text) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new Error(`"${text}" is not a port; give a number from 1 to 65535.`);
  return port;
}

/** @param {number} min @param {number} max */
export const milliseconds = (min, max) => (text) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new Error(`"${text}" is not a time; give milliseconds from ${min} to ${max}.`);
  return value;
};

export function hostName(text) {
  if (!/^[\w.:%[\]-]+$/.test(text)) {
    throw new Error(`"${text}" is not an address; give an IP address or a host name, such as 0.0.0.0.`);
  }
  return text.replace(/^\[(.*)\]$/, "$1");
}

/** A web address with whatever path it has; no credentials in it. */
export function webUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !["http:", "https:"].includes(url.protocol) || url.username || url.password) {
    throw new Error("give an http or https address without a user in it");
  }
  return url.href;
}

/** The same as a base that paths are added to: no query, no slash at its end. */
export function endpointUrl(text) {
  const url = new URL(webUrl(text));
  if (url.search || url.hash) throw new Error("give the address alone, without a query");
  return url.href.replace(/\/+$/, "");
}

/** `env:NAME` or `file:name`; whether anything is behind it is seen when it is needed. */
export function secretReference(text) {
  if (/^(?:env:[A-Z0-9_]{1,128}|file:[A-Za-z0-9_-][A-Za-z0-9._-]{0,127})$/.test(text)) return text;
  throw new Error("give env:NAME or file:name, never the secret itself");
}

/**
 * `smtps://` speaks TLS from the first byte; `smtp://` has to turn to it before anything is said, but on this machine itself.
 * Never repeats the text: people put a password into it.
 */
export function mailServerUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !["smtp:", "smtps:"].includes(url.protocol) || !url.hostname) {
    throw new Error("give an address such as smtps://user@mail.example.com or smtp://mail.example.com:587");
  }
  if (url.password) throw new Error("leave the password out; name it by INCIDENT_MONITOR_SMTP_PASSWORD_REF");
  if (!["", "/"].includes(url.pathname) || url.search || url.hash)
    throw new Error("give scheme, user, host and port alone");
  const secure = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const isHere = /^(localhost|::1|127(\.\d{1,3}){3})$/i.test(host);
  return {
    host,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTls: !secure && !isHere,
    user: url.username ? decodeURIComponent(url.username) : null,
  };
}

/** A few words as they stand on a button. */
export function shownName(text) {
  const name = text.trim();
  if (name === "" || name.length > 40 || /\p{Cc}/u.test(name))
    throw new Error("give a name of at most 40 characters in one line.");
  return name;
}

/** Not admin: whoever the provider lets in would be everything here. */
export function roleName(text) {
  if (["viewer", "triager", "approver", "auditor"].includes(text)) return text;
  throw new Error(`"${text}" is not a role for newcomers; give viewer, triager, approver or auditor.`);
}

export function originUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    throw new Error(`"${text}" is not an http or https URL; give one such as https://incidents.example.com.`);
  }
  if (url.username || url.password)
    throw new Error("a URL with a user name or password in it is not accepted; leave them out.");
  if (url.pathname !== "/" || url.search || url.hash) {
    throw new Error(`"${text}" has a path; give only scheme, host and port, such as ${url.origin}.`);
  }
  return url.origin;
}

/** Each named in full: a pattern or "*" would let in sites that nobody meant. */
export function exactOrigins(text) {
  const origins = text
    .split(",")
    .map((origin) => origin.trim())
    .filter((origin) => origin !== "");
  for (const origin of origins) {
    if (origin === "*" || origin === "null")
      throw new Error(`"${origin}" names no site; list each in full, such as https://tools.example.com.`);
  }
  return [...new Set(origins.map(originUrl))];
}

/** Never repeats the URL: it holds a password. */
export function databaseUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !["postgres:", "postgresql:"].includes(url.protocol)) {
    throw new Error("not a PostgreSQL URL; give one such as postgresql://user:password@host:5432/database.");
  }
  if (url.pathname.length < 2)
    throw new Error("names no database; add it after the host, such as .../incident_monitor.");
  return text;
}

/** Never repeats the text either. */
export const printable = (lengthMin) => (text) => {
  if (text.length < lengthMin) throw new Error(`too short; give at least ${lengthMin} characters.`);
  if (!/^[\x21-\x7e]+$/.test(text))
    throw new Error("holds spaces or characters beyond ASCII; use letters, digits and signs.");
  return text;
};

export function signingSeed(text) {
  if (!/^[\w-]{43}$/.test(text)) throw new Error("no signing seed; give 32 random bytes in base64url.");
  return text;
}

export function emailAddress(text) {
  if (!/^[^\s@]+@[^\s@]+$/.test(text))
    throw new Error(`"${text}" is not an e-mail address; give one such as admin@example.com.`);
  return text.toLowerCase();
}

export const folder = (text) => path.resolve(text);

export function absoluteFolders(text) {
  const folders = text.split(path.delimiter).filter((entry) => entry !== "");
  const relative = folders.find((entry) => !path.isAbsolute(entry));
  if (relative) throw new Error(`"${relative}" is not an absolute path; begin it with "/".`);
  return folders.map((entry) => path.normalize(entry).replace(/(?<=.)\/$/, ""));
}

/** The product's own secrets are never handed out by a reference (what these settings hold is not for destinations). */
const neverSecretReferences =
  /^(DATABASE_URL|NEXTAUTH_SECRET|TANDEM_ENGINE_TOKEN|PORT|HOST|NEXTAUTH_URL|INCIDENT_MONITOR_(?!SECRET_[A-Z0-9_]).*|INCIDENT_MONITOR_SECRET_ENV)$/;

export function secretEnvNames(text) {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  for (const name of names) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      throw new Error(`"${name}" is not a variable's name; give names separated by commas.`);
    if (neverSecretReferences.test(name))
      throw new Error(`${name} is a setting of this program itself and cannot be listed; remove it.`);
  }
  return names;
}

export function cidrBlocks(text) {
  const blocks = text
    .split(",")
    .map((block) => block.trim())
    .filter((block) => block !== "");
  for (const block of blocks) {
    const [, address, bits] = /^([^/]+)\/(\d{1,3})$/.exec(block) ?? [];
    const version = isIP(address ?? "");
    if (version === 0 || Number(bits) > (version === 4 ? 32 : 128)) {
      throw new Error(
        `"${block}" is not a network; give CIDR blocks such as 10.20.0.0/16, separated by commas.`,
      );
    }
  }
  return blocks;
}

export function existingFile(text) {
  const file = path.resolve(text);
  if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new Error(`there is no file ${file}; correct the path or unset it.`);
  return file;
}

export function booleanWord(text) {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  throw new Error(`"${text}" is neither true nor false; give 1 or 0.`);
}

export const isLoopback = (host) => /^(localhost|::1|\[::1\]|127(\.\d{1,3}){3})$/i.test(host);
