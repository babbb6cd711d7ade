import { testRule } from '../../testing/test-rule.ts';
import { notificationReading } from './notification-reading.ts';

const listener = {
  name: 'com.example.app.Listener',
  extends: 'android.service.notification.NotificationListenerService',
  methods: { 'onNotificationPosted(Landroid/service/notification/StatusBarNotification;)V': ['return-void'] },
};

testRule(notificationReading, {
  bad: { 'a listener': { code: [listener], shows: 'onNotificationPosted' } },
  good: { 'a class with a method of that name': { code: [{ ...listener, extends: 'java.lang.Object' }] } },
});
