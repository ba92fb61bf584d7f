import { generateKeyPairSync, sign } from "node:crypto";

/**
 * A certificate for one host name, made on the spot, so that TLS is tested without a key in the repository.
 * Hand-written DER (X.509 v3, P-256, ECDSA with SHA-256), because node:crypto reads certificates but makes none.
 */
export function createSelfSignedCertificate(hostname: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const ecdsaWithSha256 = sequence(objectId("2a8648ce3d040302"));
  const name = sequence(set(sequence(objectId("550403"), utf8String(hostname))));
  const validity = sequence(utcTime("240101000000Z"), utcTime("491231235959Z"));
  const subjectAltName = sequence(
    objectId("551d11"),
    octetString(sequence(tagged(0x82, Buffer.from(hostname, "ascii")))),
  );
  const basicConstraints = sequence(
    objectId("551d13"),
    octetString(sequence(tagged(0x01, Buffer.from([0xff])))),
  );
  const certificate = sequence(
    tagged(0xa0, integer(2)),
    integer(Date.now()),
    ecdsaWithSha256,
    name,
    validity,
    name,
    spki,
    tagged(0xa3, sequence(subjectAltName, basicConstraints)),
  );
  const signature = sign("sha256", certificate, privateKey);
  const der = sequence(
    certificate,
    ecdsaWithSha256,
    tagged(0x03, Buffer.concat([Buffer.from([0]), signature])),
  );
  const lines = der.toString("base64").replace(/.{64}/g, "$&\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

function tagged(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), derLength(content.length), content]);
}

function derLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x100) return Buffer.from([0x81, length]);
  return Buffer.from([0x82, length >> 8, length & 0xff]);
}

const sequence = (...parts: Buffer[]) => tagged(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]) => tagged(0x31, Buffer.concat(parts));
const objectId = (hex: string) => tagged(0x06, Buffer.from(hex, "hex"));
const octetString = (content: Buffer) => tagged(0x04, content);
const utf8String = (text: string) => tagged(0x0c, Buffer.from(text, "utf8"));
const utcTime = (text: string) => tagged(0x17, Buffer.from(text, "ascii"));

function integer(value: number): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex");
  // A leading zero keeps a high first bit from reading as negative.
  const isHigh = (bytes[0] ?? 0) >= 0x80;
  return tagged(0x02, isHigh ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}
