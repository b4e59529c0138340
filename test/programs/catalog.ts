// Prints the catalog as JSON: what `npm run test:programs` tests.
import { Program } from '../../src/programs/program';

const programs = Object.entries(Program).filter((entry): entry is [string, Program] => entry[1] instanceof Program);
process.stdout.write(JSON.stringify(Object.fromEntries(programs.map(([constant, program]) => [constant, program._facts]))));
