/** A number as people read it, such as `1,234`. */
export function numbered(count: number): string {
  return count.toLocaleString('en');
}

/** A number with what is counted, such as `1 record`. */
export function counted(count: number, noun: string): string {
  return `${numbered(count)} ${noun}${count === 1 ? '' : 's'}`;
}
