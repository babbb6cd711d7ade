/**
 * Names of methods that the platform's and Java's classes and interfaces let others override and call. A method of the app
 * that has one of them, or begins with `on` and a capital, in a class below one of the platform's, is called back.
 */
export const CALLBACK_NAMES: ReadonlySet<string> = new Set(
  // Threads, tasks, functions.
  (
    'run call get compare compareTo accept apply applyAsInt applyAsLong applyAsDouble test invoke execute ' +
    'doInBackground doWork handleMessage handleIntent loadInBackground startWork uncaughtException newThread ' +
    'rejectedExecution resume resumeWith completed failed update invokeSuspend ' +
    // Components and their parts.
    'attachBaseContext attach query insert delete getType bulkInsert applyBatch openFile openAssetFile openTypedAssetFile ' +
    'getStreamTypes canonicalize refresh shutdown dump protectedBackup peekService transact asBinder binderDied ' +
    'instantiateActivity instantiateService instantiateReceiver instantiateProvider instantiateApplication ' +
    'callApplicationOnCreate newActivity newApplication doPreload surfaceCreated surfaceChanged surfaceDestroyed ' +
    // Views, adapters, text.
    'draw dispatchDraw dispatchTouchEvent dispatchKeyEvent getView getItem getItemId getItemViewType getViewTypeCount ' +
    'getCount getItemCount instantiateItem destroyItem isViewFromObject getFilter performFiltering publishResults ' +
    'beforeTextChanged afterTextChanged filter getTransformation getInterpolation evaluate updateDrawState ' +
    'shouldOverrideUrlLoading shouldInterceptRequest shouldOverrideKeyEvent getDefaultVideoPoster ' +
    'createFromParcel newArray writeToParcel describeContents performClick setVisibility getIntrinsicWidth ' +
    'getIntrinsicHeight setAlpha setColorFilter getOpacity computeScroll requestLayout ' +
    // Streams, collections, security.
    'read write close flush available skip mark reset next hasNext remove iterator size contains add addAll clear put ' +
    'putAll keySet values entrySet isEmpty containsKey listIterator set length charAt subSequence get getKey getValue ' +
    'checkClientTrusted checkServerTrusted getAcceptedIssuers verify getPasswordAuthentication connectFailed select ' +
    'createSocket getDefaultCipherSuites getSupportedCipherSuites engineInit engineDoFinal engineUpdate publish format ' +
    'startElement endElement characters startDocument endDocument resolveEntity handle commandAction writeExternal ' +
    'readExternal loadClass findClass findLibrary visitFile preVisitDirectory postVisitDirectory visitFileFailed'
  ).split(' '),
);

/** Methods of `java.lang.Object` that collections, strings and the collector call on anything. */
export const OBJECT_METHODS: ReadonlySet<string> = new Set(['toString', 'equals', 'hashCode', 'finalize', 'clone']);

export function isCallbackName(name: string): boolean {
  return CALLBACK_NAMES.has(name) || /^on[A-Z]/.test(name);
}
