import type { INodeProperties } from 'n8n-workflow';
import { binaryField, s3PathField } from '../../shared/fields';
import { s3Path, textList } from '../../shared/values';
import { refiningText, type Question } from '../common';

const showOnlyForImage = { operation: ['image'] };
const showOnlyForBinary = { operation: ['image'], imageSource: ['binary'] };
const showOnlyForS3 = { operation: ['image'], imageSource: ['s3'] };

export const byImageFields: INodeProperties[] = [
	{
		displayName: 'Image Source',
		name: 'imageSource',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Binary File',
				value: 'binary',
				description: 'Pictures in binary fields of the input item',
			},
			{ name: 'S3 Object', value: 's3', description: 'Pictures in a bucket' },
		],
		default: 'binary',
		displayOptions: { show: showOnlyForImage },
	},
	{
		...binaryField(showOnlyForBinary),
		hint: 'The name of the input field containing the image file; several, separated by commas, search for what their pictures have in common',
	},
	{
		...s3PathField(showOnlyForS3),
		hint: 'Several as an array, by an expression: photos like what these have in common',
	},
];

export const byImage: Question = async function (itemIndex) {
	const text = refiningText(this, itemIndex);
	if (this.getNodeParameter('imageSource', itemIndex, 'binary') === 's3') {
		const paths: unknown[] = [this.getNodeParameter('s3Path', itemIndex, '')].flat();
		return { text, image_path: paths.map(s3Path) };
	}
	const given = this.getNodeParameter('binaryPropertyName', itemIndex, 'data');
	const image: string[] = [];
	for (const field of textList(given) ?? ['data']) {
		this.helpers.assertBinaryData(itemIndex, field);
		const bytes = await this.helpers.getBinaryDataBuffer(itemIndex, field);
		image.push(bytes.toString('base64'));
	}
	return { text, image };
};
