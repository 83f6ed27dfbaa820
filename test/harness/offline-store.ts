import { ModelStore, type ModelPreparer } from '../../engine/encode/models/model-store';

/**
 * A store that downloads nothing: what is not in `modelsDir` is not there.
 *
 * @param modelsDir holds one folder per model, named by its id
 */
export function offlineStore(
	modelsDir: string,
	defaultModel: string,
	preparer?: ModelPreparer,
): ModelStore {
	return new ModelStore({
		...{ bundledDir: modelsDir, modelsDir, defaultModel, preparer },
		offline: true,
		// Nothing listens there.
		hub: { endpoint: 'http://127.0.0.1:9' },
	});
}
