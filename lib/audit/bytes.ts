/** Bytes as text and back without anything that only Node has: these run in a browser too. */
const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at++) text += pairs[bytes[at] as number];
  return text;
}

const hexDigits = Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

/** Is the text exactly these bytes in lower-case hex? Makes nothing on the way. */
export function isHexOf(text: string, bytes: Uint8Array): boolean {
  if (text.length !== bytes.length * 2) return false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (text.charCodeAt(at * 2) !== hexDigits[byte >> 4]) return false;
    if (text.charCodeAt(at * 2 + 1) !== hexDigits[byte & 15]) return false;
  }
  return true;
}

/** null where it is not lower-case hex of whole bytes. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(text.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const word =
      ((bytes[at] as number) << 16) |
      ((left > 1 ? (bytes[at + 1] as number) : 0) << 8) |
      (left > 2 ? (bytes[at + 2] as number) : 0);
    text += (base64Digits[word >> 18] as string) + (base64Digits[(word >> 12) & 63] as string);
    text += left > 1 ? (base64Digits[(word >> 6) & 63] as string) : "=";
    text += left > 2 ? (base64Digits[word & 63] as string) : "=";
  }
  return text;
}

/** Standard base64 with its padding, and only as it would be written: two texts never mean the same bytes. */
export function fromBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  for (let from = 0; from < text.length; from += 4) {
    let word = 0;
    for (let digit = 0; digit < 4; digit++)
      word = (word << 6) | Math.max(0, base64Digits.indexOf(text[from + digit] as string));
    if (at < bytes.length) bytes[at++] = (word >> 16) & 255;
    if (at < bytes.length) bytes[at++] = (word >> 8) & 255;
    if (at < bytes.length) bytes[at++] = word & 255;
  }
  return toBase64(bytes) === text ? bytes : null;
}

const encoder = new TextEncoder();
export const utf8 = (text: string): Uint8Array => encoder.encode(text);
