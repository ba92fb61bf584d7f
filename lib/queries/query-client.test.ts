import { expect, it } from "vitest";
import { makeQueryClient } from "./query-client";

it("reads once on the server, so that a page about something that is gone is not held up", async () => {
  let asked = 0;
  await makeQueryClient().prefetchQuery({
    queryKey: ["gone"],
    queryFn: () => {
      asked += 1;
      throw new Error("not found");
    },
  });
  expect(asked).toBe(1);
});
