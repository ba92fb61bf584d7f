import type { ActionResult } from "@/lib/contracts/action";
import type { ProblemWire } from "@/lib/contracts/problem";

/** A refusal as screens show it: what, why, and the request to quote. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: ProblemWire;

  constructor(status: number, problem: ProblemWire) {
    super(problem.error);
    this.name = "ApiError";
    this.status = status;
    this.problem = problem;
  }
}

/** Reads a documented API route with the session's cookie. @throws ApiError; status 0 when no answer came. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return readJson<T>(await send(path, { signal, headers: { accept: "application/json" } }));
}

/** Reads a documented API route that answers a file. @throws ApiError */
export async function getFile(path: string): Promise<Blob> {
  const response = await send(path, { headers: { accept: "application/json" } });
  return response.ok ? response.blob() : readJson<never>(response);
}

/** Posts JSON to a read-only API route (previews). Mutations are server actions. @throws ApiError */
export async function postJson<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  return readJson<T>(await send(path, { method: "POST", body: JSON.stringify(body), headers, signal }));
}

/**
 * Posts JSON to a read-only API route that answers NDJSON; each line as it comes. Ending the loop, or the signal, ends the
 * request. @throws ApiError for a refusal, which comes before the first line; status 0 when the stream breaks off
 */
export async function* postLines(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<unknown> {
  const headers = { accept: "application/x-ndjson", "content-type": "application/json" };
  const response = await send(path, { method: "POST", body: JSON.stringify(body), headers, signal });
  if (!response.ok || !response.body) return void (await readJson(response));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await readChunk(reader, signal);
      const lines = (rest + (value ?? "")).split("\n");
      rest = done ? "" : (lines.pop() ?? "");
      for (const line of lines) if (line) yield JSON.parse(line) as unknown;
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function readChunk(reader: ReadableStreamDefaultReader<string>, signal: AbortSignal) {
  try {
    return await reader.read();
  } catch (error) {
    if (signal.aborted) throw error;
    throw unreachable();
  }
}

/** The data of a server action. @throws ApiError so that mutations have one way to fail. */
export async function actionData<T>(result: Promise<ActionResult<T>>): Promise<T> {
  let answer: ActionResult<T>;
  try {
    answer = await result;
  } catch {
    throw unreachable();
  }
  if (answer.ok) return answer.data;
  throw new ApiError(answer.status, answer.problem);
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: "same-origin", cache: "no-store" });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw unreachable();
  }
}

async function readJson<T>(response: Response): Promise<T> {
  const body = (await response.json().catch(() => null)) as unknown;
  if (response.ok && body !== null) return body as T;
  const problem = (body ?? {
    error: `The server answered ${response.status}`,
    code: "UNREADABLE_ANSWER",
  }) as ProblemWire;
  throw new ApiError(response.status, {
    ...problem,
    request_id: problem.request_id ?? response.headers.get("x-request-id") ?? undefined,
  });
}

function unreachable(): ApiError {
  return new ApiError(0, { error: "The server did not answer", code: "UNREACHABLE", retryable: true });
}
