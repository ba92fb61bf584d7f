import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ApiError, postLines } from "./api-error";

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
});

/** A server that answers every request so; its address. */
async function serve(answer: (response: ServerResponse) => void): Promise<string> {
  const own = createServer((_, response) => answer(response));
  server = own;
  await new Promise<void>((resolve) => own.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(own.address() as AddressInfo).port}/`;
}

async function read(url: string, signal = new AbortController().signal): Promise<unknown[]> {
  const lines: unknown[] = [];
  for await (const line of postLines(url, {}, signal)) lines.push(line);
  return lines;
}

describe("postLines", () => {
  it("yields each line whole, wherever the bytes were cut", async () => {
    const text = Buffer.from('{"a":"ä€"}\n{"b":2}\n\n{"c":3}');
    for (let cut = 1; cut < text.length; cut += 3) {
      const url = await serve((response) => {
        response.write(text.subarray(0, cut));
        setImmediate(() => response.end(text.subarray(cut)));
      });
      expect(await read(url)).toEqual([{ a: "ä€" }, { b: 2 }, { c: 3 }]);
      await new Promise((resolve) => server?.close(resolve));
    }
  });

  it("throws a refusal with its problem", async () => {
    const url = await serve((response) => {
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: "No", code: "X", field: "days" }));
    });
    await expect(read(url)).rejects.toMatchObject({ status: 400, problem: { code: "X", field: "days" } });
  });

  it("says that the stream broke off", async () => {
    const url = await serve((response) => {
      response.write('{"a":1}\n', () => response.destroy());
    });
    const failed = await read(url).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ApiError);
    expect(failed).toMatchObject({ status: 0, problem: { code: "UNREACHABLE" } });
  });

  it("ends the request when the reader has enough", async () => {
    let close = () => {};
    const gone = new Promise<void>((resolve) => {
      close = resolve;
    });
    const url = await serve((response) => {
      response.on("close", close);
      response.write('{"a":1}\n{"b":2}\n');
    });
    for await (const line of postLines(url, {}, new AbortController().signal)) {
      expect(line).toEqual({ a: 1 });
      break;
    }
    await gone;
  });

  it("ends with the signal's reason", async () => {
    const url = await serve((response) => void response.write('{"a":1}\n'));
    const leaving = new AbortController();
    const lines = postLines(url, {}, leaving.signal);
    expect((await lines.next()).value).toEqual({ a: 1 });
    leaving.abort();
    await expect(lines.next()).rejects.toMatchObject({ name: "AbortError" });
  });
});
