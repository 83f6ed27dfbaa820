import type { ErrorCode } from '../errors';

/**
 * What a failure below HTTP means for the user, by Node's error code; undefined for other codes.
 *
 * @param host the store's host and port
 */
export function explainNetwork(code: string, host: string): [ErrorCode, string] | undefined {
	const unreachable = (why: string): [ErrorCode, string] => ['S3_UNREACHABLE', why];
	switch (code) {
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
		case 'EAI_NODATA':
			return unreachable(
				`The host name of ${host} cannot be resolved. Check the endpoint, and DNS inside the container.`,
			);
		case 'ECONNREFUSED':
			return unreachable(
				`Nothing listens at ${host}. Check the port, and that the S3 server runs; inside a container "localhost" is the container itself.`,
			);
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
		case 'EADDRNOTAVAIL':
			return unreachable(`There is no route to ${host}. Check the network and the firewall.`);
		case 'ETIMEDOUT':
		case 'TimeoutError':
		case 'AbortError':
		case 'ESOCKETTIMEDOUT':
			return unreachable(
				`${host} did not answer in time. Check that it is up and that no firewall drops the connection.`,
			);
		case 'ECONNRESET':
		case 'EPIPE':
		case 'ERR_STREAM_PREMATURE_CLOSE':
			return unreachable(
				`${host} closed the connection before its answer was complete. Try again.`,
			);
		case 'EPROTO':
		case 'ERR_SSL_WRONG_VERSION_NUMBER':
		case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
			return unreachable(
				`${host} does not speak TLS. If it is a plain HTTP server, begin the endpoint with http://.`,
			);
	}
	if (/CERT|SELF_SIGNED|ISSUER|LEAF_SIGNATURE|ERR_TLS/.test(code)) {
		return unreachable(
			`The certificate of ${host} is not trusted (${code}). Give Node its authority with NODE_EXTRA_CA_CERTS, or correct the certificate.`,
		);
	}
	if (code.startsWith('HPE_')) {
		return ['S3_ERROR', `${host} does not answer like an HTTP server. Check the endpoint's port.`];
	}
	return undefined;
}
