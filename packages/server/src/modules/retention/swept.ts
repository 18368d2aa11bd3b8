/** How many rows a statement of the sweep dealt with. */
export interface Swept {
  swept: number;
}
