/** A drop-down that the browser draws, so that every device knows how to open it. */

interface SelectProps {
  /** Read by screen readers; the shown option says enough to everybody else. */
  name: string;
  value: string;
  options: readonly { value: string; text: string }[];
  set(value: string): void;
}

export function Select({ name, value, options, set }: SelectProps) {
  return (
    <span class="select">
      <select
        class="select-box"
        aria-label={name}
        value={value}
        onChange={({ currentTarget }) => set(currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
    </span>
  );
}
