import { Image } from 'lucide-react';
import { figures } from '../../editor/figure/figures';
import { useEditor } from '../../editor/store/useEditor';
import { IconButton } from '../../editor/ui/IconButton';
import { useSay } from '../../editor/ui/useSay';
import { download, fileName } from '../download';
import { Menu, MenuItem } from '../ui/Menu';

interface SaveFigureProps {
  /** What it saves, as a command. */
  readonly label: string;
  /** The parts of the page that are the figure, when it is asked for. */
  parts(): readonly (Element | null)[];
}

/** Saves what a panel shows, as pixels or as lines and words. */
export function SaveFigure({ label, parts }: SaveFigureProps) {
  const say = useSay();
  const title = useEditor(({ document }) => document.title);
  const save = async (format: 'png' | 'svg'): Promise<void> => {
    try {
      const figureFile = await figures.ask();
      const shown = parts().filter((part) => part !== null);
      const file = await figureFile(shown, format, { title, background: '--surface' });
      if (file === null) say('The browser could not draw this.');
      else download(fileName(title, format), file);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={label}>
          <Image size={15} strokeWidth={1.75} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem hint="Pixels" onSelect={() => void save('png')}>
        PNG
      </MenuItem>
      <MenuItem hint="Lines and words" onSelect={() => void save('svg')}>
        SVG
      </MenuItem>
    </Menu>
  );
}
