import { MutationObserver, QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { optimistically } from "./optimistically";

const key = ["names"];

function renaming(client: QueryClient, answer: Promise<string>) {
  return new MutationObserver(client, {
    mutationFn: (_name: string) => answer,
    ...optimistically<string[], string>(client, key, (names, name) => [...names, name]),
  });
}

it("what was wished is shown at once and stays when the server agrees", async () => {
  const client = new QueryClient();
  client.setQueryData(key, ["Ada"]);
  let answered = (_text: string) => {};
  const answer = new Promise<string>((resolve) => {
    answered = resolve;
  });
  const done = renaming(client, answer).mutate("Grace");
  await expect.poll(() => client.getQueryData(key)).toEqual(["Ada", "Grace"]);
  answered("saved");
  await done;
  expect(client.getQueryData(key)).toEqual(["Ada", "Grace"]);
});

it("what was before comes back when it refuses, and the refusal reaches who asked", async () => {
  const client = new QueryClient();
  client.setQueryData(key, ["Ada"]);
  const done = renaming(client, Promise.reject(new Error("Too late"))).mutate("Grace");
  await expect(done).rejects.toThrow("Too late");
  expect(client.getQueryData(key)).toEqual(["Ada"]);
});

it("where nothing is shown, nothing is made up", async () => {
  const client = new QueryClient();
  await renaming(client, Promise.resolve("saved")).mutate("Grace");
  expect(client.getQueryData(key)).toBeUndefined();
});
