import { redactionTestResponseSchema, redactionTestSchema } from "@/lib/contracts/redaction";
import { testRedaction } from "@/lib/pipeline/settings/test-redaction";
import { redactionTestToWire } from "@/lib/wire/redaction";
import { route } from "../route";

export const redactionRoutes = [
  route({
    method: "post",
    path: "/incident-monitor/redaction-test",
    summary: "What the redactor would leave of a text, by kind. The text is neither stored nor logged",
    auth: { kind: "actor", permission: "configure" },
    body: redactionTestSchema,
    response: redactionTestResponseSchema,
    run: async ({ ctx, body }) => ({ body: redactionTestToWire(await testRedaction(ctx, body)) }),
  }),
];
