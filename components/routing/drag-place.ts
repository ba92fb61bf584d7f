/** The place a row dragged from `from` would take at height `y`: past the middle of another, it takes that one's place. */
export function placeAt(boxes: readonly { top: number; bottom: number }[], y: number, from: number): number {
  const middle = ({ top, bottom }: { top: number; bottom: number }) => (top + bottom) / 2;
  const above = boxes.findIndex((box, place) => place < from && y < middle(box));
  if (above !== -1) return above;
  return boxes.findLastIndex((box, place) => place === from || (place > from && y > middle(box)));
}
