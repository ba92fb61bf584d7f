import fc from "fast-check";
import { expect, it } from "vitest";
import { createLogAssembler } from "@/lib/domain/log-assembler";
import { logInterest } from "@/lib/domain/log-interest";
import { type LogFormat, logFormats } from "@/lib/domain/log-reading";
import { logRules } from "@/lib/domain/log-reading-rules";
import { createTailedLog, everyLine } from "@/lib/testing/tailed-log";

const stamp = "2026-11-26T10:00:00.000Z";
/** Blocks of lines as services write them; the last of some may be an unfinished piece. */
const blocks = [
  `{"timestamp":"${stamp}","level":"info","message":"GET /orders 200"}\n`,
  `{"timestamp":"${stamp}","level":"error","message":"payment failed","stack":"E: x\\n  at a (b.js:1:2)"}\n`,
  `{"time":1790000000,"level":50,"msg":"pino says no"}\n`,
  `{"severity":"CRITICAL","message":"\\u00e9chec"}\n`,
  `{"log.level":"error","error.message":"flat","exception":{"type":"E"}}\n`,
  `2026-11-26 10:00:00 INFO  served 12 rows, 0 errors\n`,
  `2026-11-26 10:00:00 ERROR worker gave up\nTraceback (most recent call last):\n  File "a.py", line 3, in b\n    c()\nValueError: bad\n`,
  `Exception in thread "main" java.lang.IllegalStateException: no\n\tat a.B.c(B.java:3)\nCaused by: x.Y: z\n\t... 3 more\n`,
  `panic: runtime error: index out of range\n\ngoroutine 1 [running]:\nmain.main()\n\t/srv/main.go:7 +0x1d\n`,
  `level=error msg="could not connect" host=db-1\n`,
  `level=info msg="all is well"\n`,
  `<11>Nov 26 10:00:00 web-1 app[42]: it failed\n`,
  `<14>Nov 26 10:00:00 web-1 app[42]: it works\n`,
  `${stamp} stdout F {"level":"error","message":"from a container"}\n`,
  `${stamp} stdout P {"level":"error",\n${stamp} stdout F "message":"in two pieces"}\n`,
  `${stamp} stderr F fine\n`,
  `{"log":"ERROR from docker\\n","stream":"stderr","time":"${stamp}"}\n`,
  `{"log":"fine\\n","stream":"stdout","time":"${stamp}"}\n`,
  "\n",
  "plain words, nothing more\n",
  `\u00ff\ufffd bytes \0 and such ERROR\n`,
];
type Piece = { block: number; crash: boolean; window: boolean };
const story = fc.array(
  fc.record({ block: fc.nat(blocks.length - 1), crash: fc.boolean(), window: fc.boolean() }),
  { minLength: 1, maxLength: 25 },
);

async function foundIn(pieces: readonly Piece[], format: LogFormat, isSelective: boolean) {
  const source = { sourceId: "s", path: "app.log", format, minimumLevel: "error" as const };
  const rules = logRules(source, { projectId: "p", dataReadiness: {} });
  const interest = isSelective ? logInterest(rules) : everyLine;
  const createAssembler = () => createLogAssembler(rules);
  const log = createTailedLog({ createAssembler, interest, windowBytes: 512 });
  try {
    for (const { block, crash, window } of pieces) {
      log.append(blocks[block] ?? "");
      if (isSelective && window) await log.commit();
      if (isSelective && crash) await log.crash();
    }
    await log.drain();
    return log.told();
  } finally {
    await log.close();
  }
}

it("what is left out unparsed, and where reads and crashes divide a file, changes nothing that is found", async () => {
  const property = fc.asyncProperty(story, fc.constantFrom(...logFormats), async (pieces, format) => {
    const selective = await foundIn(pieces, format, true);
    expect([...new Set(selective)]).toEqual(await foundIn(pieces, format, false));
  });
  await fc.assert(property, { numRuns: 150 });
}, 120_000);
