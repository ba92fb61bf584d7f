import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";

/**
 * An answer whose text is whole, as all but streams are. The node server writes it as it is: a Response would wrap the
 * text into a stream only for it to be read again, a sixth of what a report costs.
 */
export class TextAnswer {
  constructor(
    readonly status: number,
    readonly text: string | null,
    readonly headers: Readonly<Record<string, string>>,
  ) {}

  toResponse(): Response {
    return new Response(this.text, { status: this.status, headers: this.headers });
  }

  /** Writes itself to the node response; what comes back tells the adapter that it is done. */
  sendTo(outgoing: HttpBindings["outgoing"]): Response {
    const length = this.text === null ? {} : { "content-length": String(Buffer.byteLength(this.text)) };
    outgoing.writeHead(this.status, { ...this.headers, ...length });
    outgoing.end(this.text ?? undefined);
    return RESPONSE_ALREADY_SENT;
  }
}

export type Answer = Response | TextAnswer;
