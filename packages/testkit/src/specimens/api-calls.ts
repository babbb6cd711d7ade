/** Calls of the platform by short names: `class.method` with its descriptor, as the SDK has them. What specimens and look-alikes are written with. */
export const API = {
  // Accessibility.
  'event.text': 'android.view.accessibility.AccessibilityEvent.getText()Ljava/util/List;',
  'event.before': 'android.view.accessibility.AccessibilityEvent.getBeforeText()Ljava/lang/CharSequence;',
  'event.package': 'android.view.accessibility.AccessibilityEvent.getPackageName()Ljava/lang/CharSequence;',
  'event.source':
    'android.view.accessibility.AccessibilityEvent.getSource()Landroid/view/accessibility/AccessibilityNodeInfo;',
  'node.click': 'android.view.accessibility.AccessibilityNodeInfo.performAction(I)Z',
  'node.set-text': 'android.view.accessibility.AccessibilityNodeInfo.performAction(ILandroid/os/Bundle;)Z',
  'node.find':
    'android.view.accessibility.AccessibilityNodeInfo.findAccessibilityNodeInfosByViewId(Ljava/lang/String;)Ljava/util/List;',
  'node.text': 'android.view.accessibility.AccessibilityNodeInfo.getText()Ljava/lang/CharSequence;',
  'service.root':
    'android.accessibilityservice.AccessibilityService.getRootInActiveWindow()Landroid/view/accessibility/AccessibilityNodeInfo;',
  'service.global': 'android.accessibilityservice.AccessibilityService.performGlobalAction(I)Z',
  'service.gesture':
    'android.accessibilityservice.AccessibilityService.dispatchGesture(Landroid/accessibilityservice/GestureDescription;Landroid/accessibilityservice/AccessibilityService$GestureResultCallback;Landroid/os/Handler;)Z',
  'service.screenshot':
    'android.accessibilityservice.AccessibilityService.takeScreenshot(ILjava/util/concurrent/Executor;Landroid/accessibilityservice/AccessibilityService$TakeScreenshotCallback;)V',
  'speech.speak':
    'android.speech.tts.TextToSpeech.speak(Ljava/lang/CharSequence;ILandroid/os/Bundle;Ljava/lang/String;)I',
  // Messages and calls.
  'sms.body': 'android.telephony.SmsMessage.getMessageBody()Ljava/lang/String;',
  'sms.sender': 'android.telephony.SmsMessage.getOriginatingAddress()Ljava/lang/String;',
  'sms.send':
    'android.telephony.SmsManager.sendTextMessage(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Landroid/app/PendingIntent;Landroid/app/PendingIntent;)V',
  'sms.send-parts':
    'android.telephony.SmsManager.sendMultipartTextMessage(Ljava/lang/String;Ljava/lang/String;Ljava/util/ArrayList;Ljava/util/ArrayList;Ljava/util/ArrayList;)V',
  'receiver.abort': 'android.content.BroadcastReceiver.abortBroadcast()V',
  'receiver.set-result': 'android.content.BroadcastReceiver.setResultData(Ljava/lang/String;)V',
  'phone.listen': 'android.telephony.TelephonyManager.listen(Landroid/telephony/PhoneStateListener;I)V',
  'phone.state': 'android.telephony.TelephonyManager.getCallState()I',
  'phone.operator': 'android.telephony.TelephonyManager.getSimOperator()Ljava/lang/String;',
  'phone.number': 'android.telephony.TelephonyManager.getLine1Number()Ljava/lang/String;',
  'phone.sim': 'android.telephony.TelephonyManager.getSimSerialNumber()Ljava/lang/String;',
  'phone.ussd':
    'android.telephony.TelephonyManager.sendUssdRequest(Ljava/lang/String;Landroid/telephony/TelephonyManager$UssdResponseCallback;Landroid/os/Handler;)V',
  // Network.
  'url.open': 'java.net.URL.openConnection()Ljava/net/URLConnection;',
  'http.output': 'java.net.HttpURLConnection.getOutputStream()Ljava/io/OutputStream;',
  'socket.new': 'java.net.Socket.<init>(Ljava/lang/String;I)V',
  'socket.input': 'java.net.Socket.getInputStream()Ljava/io/InputStream;',
  'bluetooth.connect': 'android.bluetooth.BluetoothSocket.connect()V',
  'server.accept': 'java.net.ServerSocket.accept()Ljava/net/Socket;',
  'ok.call': 'okhttp3.OkHttpClient.newCall(Lokhttp3/Request;)Lokhttp3/Call;',
  'ok.socket': 'okhttp3.OkHttpClient.newWebSocket(Lokhttp3/Request;Lokhttp3/WebSocketListener;)Lokhttp3/WebSocket;',
  'download.enqueue': 'android.app.DownloadManager.enqueue(Landroid/app/DownloadManager$Request;)J',
  'net.request':
    'android.net.ConnectivityManager.requestNetwork(Landroid/net/NetworkRequest;Landroid/net/ConnectivityManager$NetworkCallback;)V',
  'net.bind': 'android.net.ConnectivityManager.bindProcessToNetwork(Landroid/net/Network;)Z',
  'wifi.enable': 'android.net.wifi.WifiManager.setWifiEnabled(Z)Z',
  'vpn.establish': 'android.net.VpnService$Builder.establish()Landroid/os/ParcelFileDescriptor;',
  'vpn.prepare': 'android.net.VpnService.prepare(Landroid/content/Context;)Landroid/content/Intent;',
  'push.data': 'com.google.firebase.messaging.RemoteMessage.getData()Ljava/util/Map;',
  // Data.
  'resolver.query':
    'android.content.ContentResolver.query(Landroid/net/Uri;[Ljava/lang/String;Ljava/lang/String;[Ljava/lang/String;Ljava/lang/String;)Landroid/database/Cursor;',
  'resolver.insert':
    'android.content.ContentResolver.insert(Landroid/net/Uri;Landroid/content/ContentValues;)Landroid/net/Uri;',
  'resolver.delete': 'android.content.ContentResolver.delete(Landroid/net/Uri;Ljava/lang/String;[Ljava/lang/String;)I',
  'json.string': 'org.json.JSONObject.getString(Ljava/lang/String;)Ljava/lang/String;',
  'text.equals': 'java.lang.String.equals(Ljava/lang/Object;)Z',
  'regex.matcher': 'java.util.regex.Pattern.matcher(Ljava/lang/CharSequence;)Ljava/util/regex/Matcher;',
  'prefs.string': 'android.content.SharedPreferences.getString(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;',
  'file.list': 'java.io.File.listFiles()[Ljava/io/File;',
  'file.delete': 'java.io.File.delete()Z',
  'file.write': 'java.io.FileOutputStream.write([B)V',
  'file.out': 'java.io.FileOutputStream.<init>(Ljava/lang/String;)V',
  'db.insert':
    'android.database.sqlite.SQLiteDatabase.insert(Ljava/lang/String;Ljava/lang/String;Landroid/content/ContentValues;)J',
  'asset.open': 'android.content.res.AssetManager.open(Ljava/lang/String;)Ljava/io/InputStream;',
  'cipher.final': 'javax.crypto.Cipher.doFinal([B)[B',
  'cipher.get': 'javax.crypto.Cipher.getInstance(Ljava/lang/String;)Ljavax/crypto/Cipher;',
  'clip.watch':
    'android.content.ClipboardManager.addPrimaryClipChangedListener(Landroid/content/ClipboardManager$OnPrimaryClipChangedListener;)V',
  'clip.get': 'android.content.ClipboardManager.getPrimaryClip()Landroid/content/ClipData;',
  'clip.set': 'android.content.ClipboardManager.setPrimaryClip(Landroid/content/ClipData;)V',
  // Notifications.
  'notice.read': 'android.service.notification.StatusBarNotification.getNotification()Landroid/app/Notification;',
  'notice.cancel': 'android.service.notification.NotificationListenerService.cancelNotification(Ljava/lang/String;)V',
  // Sensors.
  'mic.source': 'android.media.MediaRecorder.setAudioSource(I)V',
  'mic.start': 'android.media.AudioRecord.startRecording()V',
  'camera.open':
    'android.hardware.camera2.CameraManager.openCamera(Ljava/lang/String;Landroid/hardware/camera2/CameraDevice$StateCallback;Landroid/os/Handler;)V',
  'camera.take':
    'android.hardware.Camera.takePicture(Landroid/hardware/Camera$ShutterCallback;Landroid/hardware/Camera$PictureCallback;Landroid/hardware/Camera$PictureCallback;)V',
  'location.updates':
    'android.location.LocationManager.requestLocationUpdates(Ljava/lang/String;JFLandroid/location/LocationListener;)V',
  'location.last':
    'android.location.LocationManager.getLastKnownLocation(Ljava/lang/String;)Landroid/location/Location;',
  'screen.record':
    'android.media.projection.MediaProjection.createVirtualDisplay(Ljava/lang/String;IIIILandroid/view/Surface;Landroid/hardware/display/VirtualDisplay$Callback;Landroid/os/Handler;)Landroid/hardware/display/VirtualDisplay;',
  // Windows, pages, apps.
  'window.add': 'android.view.WindowManager.addView(Landroid/view/View;Landroid/view/ViewGroup$LayoutParams;)V',
  'activity.start': 'android.content.Context.startActivity(Landroid/content/Intent;)V',
  'service.start': 'android.content.Context.startService(Landroid/content/Intent;)Landroid/content/ComponentName;',
  'icon.switch': 'android.content.pm.PackageManager.setComponentEnabledSetting(Landroid/content/ComponentName;II)V',
  'apps.list': 'android.content.pm.PackageManager.getInstalledPackages(I)Ljava/util/List;',
  'apps.in-front': 'android.app.usage.UsageStatsManager.queryEvents(JJ)Landroid/app/usage/UsageEvents;',
  'apps.end': 'android.app.ActivityManager.killBackgroundProcesses(Ljava/lang/String;)V',
  'install.session':
    'android.content.pm.PackageInstaller.createSession(Landroid/content/pm/PackageInstaller$SessionParams;)I',
  'install.commit': 'android.content.pm.PackageInstaller$Session.commit(Landroid/content/IntentSender;)V',
  'web.load': 'android.webkit.WebView.loadUrl(Ljava/lang/String;)V',
  'web.script': 'android.webkit.WebView.evaluateJavascript(Ljava/lang/String;Landroid/webkit/ValueCallback;)V',
  'touch.make': 'android.view.MotionEvent.obtain(JJIFFI)Landroid/view/MotionEvent;',
  'touch.pass': 'android.view.View.dispatchTouchEvent(Landroid/view/MotionEvent;)Z',
  'ad.show': 'com.google.android.gms.ads.interstitial.InterstitialAd.show(Landroid/app/Activity;)V',
  'timer.repeat': 'java.util.Timer.scheduleAtFixedRate(Ljava/util/TimerTask;JJ)V',
  'handler.later': 'android.os.Handler.postDelayed(Ljava/lang/Runnable;J)Z',
  'keys.commit': 'android.view.inputmethod.InputConnection.commitText(Ljava/lang/CharSequence;I)Z',
  // Device administration.
  'admin.lock': 'android.app.admin.DevicePolicyManager.lockNow()V',
  'admin.password': 'android.app.admin.DevicePolicyManager.resetPassword(Ljava/lang/String;I)Z',
  'admin.wipe': 'android.app.admin.DevicePolicyManager.wipeData(I)V',
  'admin.quality': 'android.app.admin.DevicePolicyManager.setPasswordQuality(Landroid/content/ComponentName;I)V',
  // Code and programs.
  'code.load':
    'dalvik.system.DexClassLoader.<init>(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/ClassLoader;)V',
  'code.in-memory': 'dalvik.system.InMemoryDexClassLoader.<init>(Ljava/nio/ByteBuffer;Ljava/lang/ClassLoader;)V',
  'program.run': 'java.lang.Runtime.exec(Ljava/lang/String;)Ljava/lang/Process;',
  'library.load': 'java.lang.System.loadLibrary(Ljava/lang/String;)V',
  'settings.put':
    'android.provider.Settings$Secure.putString(Landroid/content/ContentResolver;Ljava/lang/String;Ljava/lang/String;)Z',
  'nfc.card': 'android.nfc.tech.IsoDep.transceive([B)[B',
  'nfc.answer': 'android.nfc.cardemulation.HostApduService.sendResponseApdu([B)V',
} as const;

export type ApiName = keyof typeof API;
