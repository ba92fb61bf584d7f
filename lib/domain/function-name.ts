/** Made by a compiler or a runtime, or no name at all: it says nothing of the source. */
const synthetic =
  /^(?:|invoke|invokeSuspend|apply|accept|call|run\$?\d*|MoveNext|eval|anonymous|lambda|closure|constructor|initialize|_?callee\d*|[A-Za-z_$]{1,2}\d*)$/;

/**
 * Is the function of a frame (`Shop::Pay#charge`, `com.acme.Foo.bar`, `pay.(*Client).Charge`) the one that the source has at that
 * place? Unknown where either name says nothing.
 */
export function compareFunction(reported: string | null, inSource: string): "same" | "different" | "unknown" {
  const words = (reported ?? "").slice(0, 400).split(/[.#:\\/>@\s]+/);
  const last = (words.at(-1) === "" ? words.at(-2) : words.at(-1)) ?? "";
  const bare = last.replace(/\$.*$|[^\w$?!].*$/, "");
  const own = inSource.replace(/^#|=$/g, "");
  if (bare !== "" && bare === own) return "same";
  return synthetic.test(bare) || synthetic.test(own) ? "unknown" : "different";
}
