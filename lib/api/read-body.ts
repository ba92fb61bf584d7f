import { findUnsafe } from "@/lib/pipeline/unsafe-input";
import { arrayItems } from "./array-items";
import { findFaultyMember } from "./faulty-member";
import { EdgeProblem } from "./problem";

/** Bodies are refused by their length before they are buffered, and while they are when no length was given. */
export async function readText(request: Request, limitBytes: number): Promise<string> {
  const header = request.headers.get("content-length");
  const declared = header === null ? null : Number(header);
  if (declared !== null && declared > limitBytes) throw tooLarge(limitBytes);
  // With a length the HTTP parser stops there, so the body may be taken whole: the server's quickest way to read one.
  const bytes =
    declared !== null && Number.isSafeInteger(declared)
      ? new Uint8Array(await request.arrayBuffer())
      : await readBounded(request, limitBytes);
  if (bytes.byteLength > limitBytes) throw tooLarge(limitBytes);
  try {
    return utf8.decode(bytes);
  } catch {
    throw new EdgeProblem(400, "MALFORMED_JSON", "The body is not valid UTF-8", { retryable: false });
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

async function readBounded(request: Request, limitBytes: number): Promise<Uint8Array> {
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > limitBytes) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge(limitBytes);
    }
    chunks.push(value);
  }
}

function tooLarge(limitBytes: number): EdgeProblem {
  return new EdgeProblem(
    413,
    "PAYLOAD_TOO_LARGE",
    `The body is larger than ${limitBytes} bytes`,
    { retryable: false, limit_bytes: limitBytes },
    { connection: "close" },
  );
}

const jsonType = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/** Parses a JSON body; an empty one is `{}` (contract 1.1). @throws EdgeProblem 400, 413, 415 */
export async function readJsonBody(request: Request, limitBytes: number): Promise<unknown> {
  const text = await readText(request, limitBytes);
  if (text.trim() === "") return {};
  const type = request.headers.get("content-type") ?? "";
  if (!jsonType.test(type)) {
    throw new EdgeProblem(415, "UNSUPPORTED_MEDIA_TYPE", "Send JSON with content-type: application/json", {
      retryable: false,
    });
  }
  return parseJson(text);
}

/**
 * @throws EdgeProblem 400 for syntax; 422 naming a repeated or too deep member, text that no database can hold, or a name
 * that reaches for a prototype.
 */
export function parseJson(text: string): unknown {
  const value = parseSyntax(text);
  const faulty = findFaultyMember(text, value);
  if (faulty) {
    const words = faulty.fault === "repeated" ? "is given more than once" : "is nested too deeply";
    throw new EdgeProblem(422, "VALIDATION_FAILED", `${faulty.path || "The body"} ${words}`, {
      field: faulty.path,
      retryable: false,
    });
  }
  // Only then walk it: the escapes and the names are rare and the walk is not free. A name may be spelled in escapes.
  if (/\\u00|\\u[dD][89a-fA-F]|"__proto__"|"constructor"/.test(text)) refuseUnsafe(value);
  return value;
}

/**
 * The items of a JSON array as texts, each for `parseJson`, so that a faulty one can be refused alone and by its own size.
 * @throws EdgeProblem 400 for syntax, wherever it is
 */
export function parseJsonItems(text: string): string[] {
  parseSyntax(text);
  return arrayItems(text);
}

/** Of one among many, by its bytes as it was sent. @throws EdgeProblem 413 */
export function refuseLarge(text: string, limitBytes: number, what: "A report" | "An event"): void {
  // No character of a string takes more than three bytes.
  if (text.length * 3 <= limitBytes || Buffer.byteLength(text) <= limitBytes) return;
  throw new EdgeProblem(413, "PAYLOAD_TOO_LARGE", `${what} is larger than ${limitBytes} bytes`, {
    limit_bytes: limitBytes,
  });
}

function parseSyntax(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const detail = error instanceof RangeError ? "nested too deeply" : syntaxDetail(error);
    throw new EdgeProblem(400, "MALFORMED_JSON", `The body is not valid JSON: ${detail}`, {
      retryable: false,
    });
  }
}

// V8 quotes the body in its message; the body may hold a secret.
function syntaxDetail(error: unknown): string {
  const at = /position (\d+)/.exec(String((error as Error).message));
  return at ? `unexpected character at position ${at[1]}` : "unexpected end or character";
}

function refuseUnsafe(value: unknown): void {
  const found = findUnsafe(value);
  if (!found) return;
  const { path, fault } = found;
  throw new EdgeProblem(422, "VALIDATION_FAILED", `${path || "The body"} ${fault}`, {
    field: path,
    retryable: false,
  });
}
