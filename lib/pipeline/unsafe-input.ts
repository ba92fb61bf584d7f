/** Where it stands, and what is wrong with it as words that follow its name. */
export type UnsafeInput = { path: string; fault: string };

/** Bodies are bounded before; what a browser sends to an action may lead back into itself. */
const depthMax = 64;

/** The first text that no database can hold, or name that reaches for a prototype, wherever it is in what was sent; null where none is. */
export function findUnsafe(value: unknown, path = "", depth = 0): UnsafeInput | null {
  if (typeof value === "string") return faultOf(path, value);
  if (value === null || typeof value !== "object") return null;
  if (depth > depthMax) return { path, fault: "is nested too deeply" };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = findUnsafe(item, `${path}[${index}]`, depth + 1);
      if (found) return found;
    }
    return null;
  }
  for (const [name, member] of Object.entries(value)) {
    const place = path ? `${path}.${name}` : name;
    const found =
      faultOf(path ? `${path}.(name)` : "(name)", name) ?? memberFault(place, name, member, depth);
    if (found) return found;
  }
  return null;
}

function memberFault(place: string, name: string, member: unknown, depth: number): UnsafeInput | null {
  if (reachesForPrototype(name, member)) return { path: place, fault: "reaches for a prototype" };
  return findUnsafe(member, place, depth + 1);
}

function faultOf(path: string, text: string): UnsafeInput | null {
  if (text.includes("\u0000")) return { path, fault: "holds a NUL character" };
  return text.isWellFormed() ? null : { path, fault: "holds half a surrogate pair" };
}

/** Harmless here, where nothing merges objects, and meant by nobody: such a body is an attack on what comes after us. */
const reachesForPrototype = (name: string, member: unknown): boolean =>
  name === "__proto__" ||
  (name === "constructor" &&
    member !== null &&
    typeof member === "object" &&
    Object.hasOwn(member, "prototype"));
