/** As many read at once as the system reads at once twice over; the others wait, and hold nothing. */
const lentMax = 8;
/** Of the usual size, kept for the next who reads. */
const freeMax = 4;

const free: Buffer[] = [];
const waiting: Array<() => void> = [];
let lent = 0;

/** A buffer to read into, shared by all that read: an idle tail has none. Give it back, whatever happens. */
export async function borrowSlab(length: number): Promise<Buffer> {
  if (lent >= lentMax) await new Promise<void>((resolve) => waiting.push(resolve));
  else lent++;
  const at = free.findIndex((each) => each.length === length);
  const [slab] = at < 0 ? [] : free.splice(at, 1);
  return slab ?? Buffer.allocUnsafeSlow(length);
}

export function giveBackSlab(slab: Buffer): void {
  if (free.length === freeMax) free.shift();
  free.push(slab);
  const next = waiting.shift();
  if (next) next();
  else lent--;
}
