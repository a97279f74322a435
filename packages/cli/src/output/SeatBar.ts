/** A session's seats as a bar. **Shape** taken, then offered, then free. **Units** `width`: characters. */
export const seatBar = (
  { seatsTaken, offersOpen = 0, capacity }: { seatsTaken: number; offersOpen?: number; capacity: number },
  width: number,
): string => {
  const taken = partOf(seatsTaken, capacity, width);
  const held = Math.max(taken, partOf(seatsTaken + offersOpen, capacity, width));
  return `${"█".repeat(taken)}${"▒".repeat(held - taken)}${"░".repeat(width - held)}`;
};

/** A bar is full only when the session is, and empty only when it is. */
const partOf = (seats: number, capacity: number, width: number): number => {
  if (seats === 0) return 0;
  const most = seats < capacity ? width - 1 : width;
  return Math.min(Math.max(1, Math.floor((seats / capacity) * width)), most);
};
