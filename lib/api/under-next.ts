import { handle } from "hono/vercel";
import { createApi } from "./app";

/** The same application under Next's router, for `next dev` and `next start`; production asks Hono directly (D-28). */
const handler = handle(createApi());

export {
  handler as DELETE,
  handler as GET,
  handler as HEAD,
  handler as OPTIONS,
  handler as PATCH,
  handler as POST,
  handler as PUT,
};
