import type { TracePlace } from "./trace-place";

/** Where packages of a kind are locked. */
export type LibraryKind = "npm" | "python" | "ruby" | "go" | "cargo" | "composer" | "maven";

/** A library that a trace ran through. `version` where the path itself tells it. */
export type TraceLibrary = { kind: LibraryKind; name: string; version: string | null };

const libraryCap = 5;

/** The libraries of a trace, nearest to where it broke first, each once, at most 5. */
export function librariesOf(places: readonly TracePlace[]): TraceLibrary[] {
  const found = new Map<string, TraceLibrary>();
  for (const place of places) {
    const library = place.origin === "library" && place.path !== null ? libraryOf(place, place.path) : null;
    if (library !== null && !found.has(`${library.kind} ${library.name}`))
      found.set(`${library.kind} ${library.name}`, library);
    if (found.size === libraryCap) break;
  }
  return [...found.values()];
}

function libraryOf(place: TracePlace, path: string): TraceLibrary | null {
  const plain = path.replaceAll("\\", "/");
  const npm = behind(plain, "node_modules/");
  if (npm !== null) {
    const [first = "", second = ""] = npm.split("/", 2);
    return named("npm", first.startsWith("@") ? `${first}/${second}` : first);
  }
  const python = behind(plain, "site-packages/") ?? behind(plain, "dist-packages/");
  if (python !== null)
    return named("python", distributionOf((python.split("/", 1)[0] ?? "").replace(/\.py$/, "")));
  if (/\.rb$/.test(plain)) return versioned("ruby", behind(plain, "gems/") ?? "");
  const go = behind(plain, "/pkg/mod/");
  if (go !== null) return goModule(go);
  const crate = behind(plain, "/registry/src/");
  if (crate !== null) return versioned("cargo", crate.slice(crate.indexOf("/") + 1));
  if (/\.php$/.test(plain)) {
    const [vendor = "", name = ""] = (behind(plain, "vendor/") ?? "").split("/", 2);
    return vendor && name ? named("composer", `${vendor}/${name}`) : null;
  }
  if (place.isPackagePath) return named("maven", plain.split("/").slice(0, -1).join("."));
  return null;
}

const named = (kind: LibraryKind, name: string, version: string | null = null): TraceLibrary | null =>
  name === "" || name.length > 200 ? null : { kind, name, version };

/** What follows the last such folder. */
function behind(path: string, folder: string): string | null {
  const at = path.lastIndexOf(folder);
  return at === -1 || (at > 0 && folder.charAt(0) !== "/" && path.charAt(at - 1) !== "/")
    ? null
    : path.slice(at + folder.length);
}

/** `tokio-1.36.0/src/x.rs`, `activerecord-7.1.2/lib/x.rb`. */
function versioned(kind: LibraryKind, path: string): TraceLibrary | null {
  const match = /^([\w.-]{1,150}?)-(\d[\w.+]{0,40})$/.exec(path.split("/", 1)[0] ?? "");
  return match ? named(kind, match[1] ?? "", match[2] ?? null) : null;
}

/** `github.com/hashicorp/go-retry@v1.4.2/do.go`; capitals are written as `!` and the small letter. */
function goModule(path: string): TraceLibrary | null {
  const at = path.indexOf("@");
  if (at === -1) return null;
  const name = path.slice(0, at).replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return named("go", name, path.slice(at + 1).split("/", 1)[0] ?? null);
}

/** Modules of Python whose distribution has another name. */
const distributions: Readonly<Record<string, string>> = {
  ...{
    yaml: "pyyaml",
    PIL: "pillow",
    bs4: "beautifulsoup4",
    sklearn: "scikit-learn",
    dateutil: "python-dateutil",
  },
  ...{
    cv2: "opencv-python",
    attr: "attrs",
    jwt: "pyjwt",
    dotenv: "python-dotenv",
    rest_framework: "djangorestframework",
  },
};

const distributionOf = (module: string) => distributions[module] ?? module;
