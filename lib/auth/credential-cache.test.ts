import { describe, expect, it, vi } from "vitest";
import { CredentialCache } from "./credential-cache";

const aCache = (sizeMax = 10) => new CredentialCache<string>(5_000, sizeMax);

describe("CredentialCache", () => {
  it("asks once while it remembers, and again afterwards", async () => {
    const cache = aCache();
    const load = vi.fn(async () => "found");
    expect(await cache.find("a", 0, load)).toBe("found");
    expect(await cache.find("a", 4_999, load)).toBe("found");
    expect(load).toHaveBeenCalledTimes(1);
    await cache.find("a", 5_000, load);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("does not remember what was not found, nor a failure", async () => {
    const cache = aCache();
    expect(await cache.find("a", 0, async () => null)).toBeNull();
    await expect(cache.find("a", 0, () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(await cache.find("a", 0, async () => "made since")).toBe("made since");
  });

  it("shares one look-up among those who ask together", async () => {
    const cache = aCache();
    const load = vi.fn(async () => "found");
    const answers = await Promise.all(Array.from({ length: 50 }, () => cache.find("a", 0, load)));
    expect(new Set(answers)).toEqual(new Set(["found"]));
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("keeps nothing that was read before it was told to forget", async () => {
    const cache = aCache();
    let answer = (_: string) => {};
    const before = cache.find("a", 0, () => new Promise<string>((resolve) => (answer = resolve)));
    cache.forget("a");
    answer("stale");
    expect(await before).toBe("stale");
    expect(await cache.find("a", 1, async () => null)).toBeNull();
  });

  it("lets the oldest go", async () => {
    const cache = aCache(2);
    for (const key of ["a", "b", "c"]) await cache.find(key, 0, async () => key);
    const load = vi.fn(async () => "again");
    await cache.find("b", 0, load);
    await cache.find("c", 0, load);
    expect(load).not.toHaveBeenCalled();
    await cache.find("a", 0, load);
    expect(load).toHaveBeenCalledTimes(1);
  });
});
