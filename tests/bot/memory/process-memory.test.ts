import { ProcessMemory } from '../../../src/engine';
import { memoryContract } from '../../support/memory-contract';

memoryContract('ProcessMemory', () => async clock => new ProcessMemory(clock), { lasts: false });
