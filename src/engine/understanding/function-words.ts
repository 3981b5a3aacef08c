import { withoutAccents } from './similarity';

/**
 * Words that hold sentences together and say little about what is meant, in the languages the
 * workshop is held in. Without accents, as {@link wordsOf} gives them.
 */
const ENGLISH = `a about all also an and any are as at be been but by can could did do does for from
had has have he her here his how i if in into is it its just may me might must my need no not now of
on or our please pls plz s shall she should so some t that the their them then there these they this
those to too want was we were what when where which who whom why will with would yes you your`;

const GERMAN = `aber als am an auch auf aus bei bin bist bitte da das dass dem den der des die dir du
durch ein eine einem einen einer er es euch fur hab habe haben hast hat hier ich ihr im in ins ist ja
kann kannst konnen konnte mal man mein mich mir mit mochte musst nach nein nicht noch nun nur ob oder
schon sein sich sie sind so soll und uns unser vom von war was wann warum wenn wer werden wie will
wir wird wo wurde zu zum zur`;

const FRENCH = `au aux avec bien ca ce ces cet cette ci comment dans de des du elle en es est et etre
il ils je la le les leur lui ma mais me merci mes moi mon ne nos notre nous on ou par pas peux peut
plait plus pour pourquoi quand que quel quelle qui sa se si son sont sur ta te tes toi ton tu un une
va veux vos votre vous y`;

const SPANISH = `al como con cual cuando de del donde el ella ellos en es esa ese eso esta este esto
esta estan favor ha hace hay la las le les lo los mas me mi mis no nos o para pero por porque puede
puedes que quien quiero se ser si sin son su sus te tu tus un una unas unos y ya yo`;

/** What turns a sentence into its opposite, in the same languages. */
const NEGATION =
  /(?<![\p{L}\p{N}])(?:not|no|never|dont|cannot|nicht|nie|niemals|kein\p{L}*|pas|jamais|nunca|jamas)(?![\p{L}\p{N}])|n['’]t(?!\p{L})/iu;

/** True for a sentence that says what is not, or not to be done. */
export function isNegated(text: string): boolean {
  return NEGATION.test(withoutAccents(text));
}

/** Words that hold sentences together and say little about what is meant. */
export const functionWords: ReadonlySet<string> = new Set(
  [ENGLISH, GERMAN, FRENCH, SPANISH].flatMap(list => list.split(/\s+/))
);
