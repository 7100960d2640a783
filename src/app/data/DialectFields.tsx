import { SelectField } from '../../editor/fields/SelectField';
import { SwitchField } from '../../editor/fields/SwitchField';
import { DECIMALS, DELIMITERS, ENCODINGS, QUOTES, type Dialect } from '../../tables/dialect';
import styles from './Data.module.css';

interface DialectFieldsProps {
  readonly dialect: Dialect;
  readonly disabled: boolean;
  readonly onChange: (dialect: Dialect) => void;
}

type Choice = 'delimiter' | 'quote' | 'decimal' | 'encoding';

const FIELDS: { readonly [C in Choice]: { label: string; options: readonly Dialect[C][] } } = {
  delimiter: { label: 'Between cells', options: DELIMITERS },
  quote: { label: 'Quotes', options: QUOTES },
  decimal: { label: 'Decimals', options: DECIMALS },
  encoding: { label: 'Encoding', options: ENCODINGS },
};

/** Names of characters that would not be seen in a list. */
const TITLES: Readonly<Record<string, string>> = {
  ',': 'Comma ,',
  ';': 'Semicolon ;',
  '\t': 'Tab',
  '|': 'Bar |',
  ' ': 'Space',
  '"': 'Double "',
  "'": "Single '",
  '': 'None',
  '.': 'Point .',
  'utf-8': 'UTF-8',
  'windows-1252': 'Windows-1252',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
};

/** A select takes no empty value. */
const named = (option: string): string => (option === '' ? 'none' : option);

/** How the cells of a text are told apart, as it was found and for correction. */
export function DialectFields({ dialect, disabled, onChange }: DialectFieldsProps) {
  const choices = Object.keys(FIELDS) as Choice[];
  return (
    <div className={styles.dialect}>
      {choices.map((choice) => {
        const { label, options } = FIELDS[choice];
        const titles = Object.fromEntries(
          options.map((option) => [named(option), TITLES[option] ?? option]),
        );
        return (
          <label key={choice} className={styles.field} htmlFor={`dialect-${choice}`}>
            {label}
            <SelectField
              id={`dialect-${choice}`}
              label={label}
              value={named(dialect[choice])}
              options={options.map(named)}
              titles={titles}
              disabled={disabled}
              onChange={(value) =>
                onChange({ ...dialect, [choice]: value === 'none' ? '' : value })
              }
            />
          </label>
        );
      })}
      <label className={styles.field} htmlFor="dialect-header">
        Names in the first line
        <SwitchField
          id="dialect-header"
          label="Names in the first line"
          value={dialect.header}
          disabled={disabled}
          onChange={(header) => onChange({ ...dialect, header })}
        />
      </label>
    </div>
  );
}
