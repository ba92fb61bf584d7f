import type { TracePlace } from "./trace-place";

const placeCap = 200;

/** The frames printed with one exception of a chain. */
class PlaceSection {
  order: "first" | "last" = "first";
  readonly places: TracePlace[] = [];

  add(place: TracePlace): void {
    if (this.places.length < placeCap) this.places.push(place);
    else if (this.order === "last") {
      this.places.shift();
      this.places.push(place);
    }
  }

  /** Innermost first. What Go calls before the last `panic` are deferred functions, which come after it broke. */
  ordered(): TracePlace[] {
    if (this.order === "last") return this.places.toReversed();
    const places = this.#withoutHeads().map(builtInOfRuby);
    const panicAt = places.findLastIndex((place) => place.function === "panic");
    if (panicAt < 1) return places;
    return [...places.slice(panicAt), ...places.slice(0, panicAt)];
  }

  /** A place named beside the message is left out where a call names the same one. */
  #withoutHeads(): TracePlace[] {
    const key = ({ path, line }: TracePlace) => `${path?.replace(/^\.\//, "")}:${line}`;
    const called = new Set(this.places.filter((place) => place.function !== null).map(key));
    return this.places.filter(
      (place) => place.function !== null || place.path === null || !called.has(key(place)),
    );
  }
}

/** A method that Ruby brings along is told with the place of its caller, which follows on the same line. */
function builtInOfRuby(place: TracePlace, at: number, places: readonly TracePlace[]): TracePlace {
  const caller = places[at + 1];
  const isSamePlace = place.path !== null && caller?.path === place.path && caller.line === place.line;
  if (
    !isSamePlace ||
    place.function === caller?.function ||
    !/:in [`'](?!block |rescue |ensure )/.test(place.text)
  )
    return place;
  return { ...place, origin: "runtime", path: null, line: null };
}

/** The exceptions of a trace from the outermost to the root of the chain, each with its places. */
export class PlaceSections {
  #chain: PlaceSection[] = [new PlaceSection()];
  #current = this.#chain[0] as PlaceSection;
  #isChained = false;
  /** The indent of a suppressed exception; deeper lines are its own. */
  #asideIndent: number | null = null;

  get isEmpty(): boolean {
    return this.#current.places.length === 0;
  }

  get order(): "first" | "last" {
    return this.isEmpty ? "first" : this.#current.order;
  }

  add(place: TracePlace, order: "first" | "last"): void {
    if (this.isEmpty) this.#current.order = order;
    this.#current.add(place);
  }

  /** The function that the place before lies in. What is thrown by the runtime itself has the place of its caller. */
  nameLast(name: string | null, next: TracePlace): void {
    const last = this.#current.places.at(-1);
    if (last === undefined || last.function !== null || last.path === null) return;
    if (last.path === next.path && last.line === next.line) this.#current.places.pop();
    else this.#current.places[this.#current.places.length - 1] = { ...last, function: name };
  }

  open(relation: "cause" | "wrapper", indent = 0): true {
    if (this.#asideIndent !== null && indent > this.#asideIndent) return true;
    this.#asideIndent = null;
    const section = new PlaceSection();
    if (relation === "cause") this.#chain.push(section);
    else this.#chain.unshift(section);
    this.#current = section;
    return true;
  }

  /** A suppressed exception is told beside another one: its frames are nobody's. */
  setAside(indent: number): true {
    this.#asideIndent = indent;
    this.#current = new PlaceSection();
    return true;
  }

  /** `--- End of inner exception stack trace ---`: what follows are the frames of the one around it. */
  closeInner(): true {
    const at = this.#chain.indexOf(this.#current);
    if (at > 0) this.#current = this.#chain[at - 1] as PlaceSection;
    return true;
  }

  openTraceback(): true {
    if (!this.isEmpty) this.open(this.#isChained ? "wrapper" : "cause");
    this.#isChained = false;
    return true;
  }

  chainTraceback(): true {
    this.#isChained = true;
    return true;
  }

  /** The root's places first, then those of the exceptions around it. */
  ordered(): TracePlace[] {
    return this.#chain.toReversed().flatMap((section) => section.ordered());
  }
}
